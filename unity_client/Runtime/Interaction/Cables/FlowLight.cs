using System;
using SynthVR.Protocol;

namespace SynthVR.Interaction
{
    /// <summary>
    /// The light of what flows out of one output: red above 0 V, blue below, violet for what swings; brighter with
    /// the level. It jumps up at once and falls slowly, and a trigger, which lasts 1 ms, is held long enough to be
    /// seen. Keep one for every output, in an array, and change it there; it allocates nothing.
    /// </summary>
    public struct FlowLight
    {
        /// <summary>A gate or trigger shines fully at least this long, seconds: six frames at 72 Hz.</summary>
        public const float LatchSeconds = 0.083f;

        private const float FallSeconds = 0.12f; // in which a level falls to 1/e
        private const float FullVolts = 5f;
        private const float FloorDb = -54f; // below it is silence
        private const float GateVolts = 10f;
        private const float GateFloorDb = -20f; // 1 V, where a Schmitt trigger opens

        private static readonly Rgb Asleep = Rgb.OfBytes(104, 108, 124);
        private static readonly Rgb Positive = Rgb.OfBytes(255, 84, 62);
        private static readonly Rgb Negative = Rgb.OfBytes(64, 132, 255);
        private static readonly Rgb Swinging = Rgb.OfBytes(226, 130, 255);

        private float _up;
        private float _down;
        private float _latched;

        /// <summary>The highest voltage lately, at least 0.</summary>
        public float Up => _up;

        /// <summary>The lowest voltage lately, at most 0.</summary>
        public float Down => _down;

        /// <summary>Takes what the meters say of the output: the range since the meters before.</summary>
        public void Take(VoltRange range, Kind kind)
        {
            var highest = (float)range.Highest;
            var lowest = (float)range.Lowest;
            if (highest >= _up)
            {
                _up = highest;
            }
            if (lowest <= _down)
            {
                _down = lowest;
            }
            if (IsPulse(kind) && highest >= 1f)
            {
                _latched = LatchSeconds;
            }
        }

        /// <summary>Time passes: once a frame.</summary>
        public void Fall(float seconds)
        {
            if (!(seconds > 0f))
            {
                return;
            }
            float falling = Math.Max(0f, seconds - _latched);
            _latched = Math.Max(0f, _latched - seconds);
            var rest = (float)Math.Exp(-falling / FallSeconds);
            _up *= rest;
            _down *= rest;
        }

        /// <summary>
        /// 0 for silence to 1 for 5 V and more, in even steps of dB, as the ear hears it; of gates and triggers 1 for
        /// 10 V, and 0 for less than the 1 V that opens one.
        /// </summary>
        public float Brightness(Kind kind)
        {
            float volts = Math.Max(_up, -_down);
            if (!(volts > 0f))
            {
                return 0f;
            }
            bool isPulse = IsPulse(kind);
            double decibels = 20.0 * Math.Log10(volts / (isPulse ? GateVolts : FullVolts));
            return (float)Math.Min(1.0, Math.Max(0.0, 1.0 - decibels / (isPulse ? GateFloorDb : FloorDb)));
        }

        /// <summary>The colour of the cable's core.</summary>
        public Rgb Colour(Kind kind)
        {
            float bright = Brightness(kind);
            if (bright <= 0f)
            {
                return Asleep;
            }
            float balance = (_up + _down) / (_up - _down); // 1 all positive, −1 all negative
            Rgb side = balance > 0f ? Positive : Negative;
            Rgb sided = Rgb.Between(Swinging, side, Math.Min(1f, Math.Abs(balance) * 1.5f));
            return Rgb.Between(Asleep, sided, 0.25f + 0.75f * bright);
        }

        private static bool IsPulse(Kind kind) => kind == Kind.Gate || kind == Kind.Trigger;
    }
}
