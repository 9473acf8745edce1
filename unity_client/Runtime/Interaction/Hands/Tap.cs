using System;

namespace SynthVR.Interaction
{
    /// <summary>Tells a tap from a hold: it is short, and the hand hardly moves.</summary>
    internal struct Tap
    {
        private const float LongestSeconds = 0.35f;
        private const float FurthestMm = 12f;

        private readonly Vec3 _from;
        private float _seconds;
        private float _way;

        /// <summary>The hand closes at a place, mm.</summary>
        public Tap(in Vec3 from)
        {
            _from = from;
            _seconds = 0f;
            _way = 0f;
        }

        /// <summary>Whether it would be a tap if the hand opened now.</summary>
        public bool Is => _seconds < LongestSeconds && _way < FurthestMm;

        public void Move(in Vec3 place, float seconds)
        {
            _seconds += seconds;
            _way = place.IsFinite ? Math.Max(_way, Vec3.Distance(place, _from)) : _way;
        }
    }
}
