using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A hand that moves a slider along its panel's upright: relative, with the same stops, detents, pulses and fine
    /// grip as a knob. A knob with choices may be drawn as one. One per hand; allocates nothing.
    /// </summary>
    public sealed class SliderGrip
    {
        private const double RestHz = 1.0;
        private const double HzPerMmPerSecond = 0.05;

        private readonly KnobTravel _travel = new KnobTravel();
        private OneEuroFilter _steady = new OneEuroFilter(RestHz, HzPerMmPerSecond);
        private double _height;
        private bool _hasHand;
        private double _travelMm = 1.0;

        /// <summary>Whether a hand holds it.</summary>
        public bool IsHeld { get; private set; }

        /// <summary>In the knob's own unit. Untouched by the grab itself.</summary>
        public double Value => _travel.Value;

        /// <summary>0 at the lower end to 1 at the upper.</summary>
        public double Turn => _travel.Turn;

        /// <param name="range">Of the knob that is drawn as a slider.</param>
        /// <param name="value">Where it stands.</param>
        /// <param name="slider">The middle of its way, turned as its panel is; mm of the player's room.</param>
        /// <param name="hand">Where the hand is; mm of the player's room.</param>
        /// <param name="travelMm">From end to end, mm of the player's room.</param>
        public void Begin(in KnobRange range, double value, in Pose3 slider, in Vec3 hand, float travelMm)
        {
            _travel.Begin(range, value, 1.0 / Math.Max(1, range.Positions - 1));
            _travelMm = travelMm > 0f ? travelMm : 1.0;
            Take(slider.ToLocal(hand));
            IsHeld = true;
        }

        /// <summary>
        /// The hand of this frame, <paramref name="seconds"/> after the one before. Returns the pulse that it feels.
        /// A place that is not finite is a hand that is lost: where it is found again, it goes on without a jump.
        /// </summary>
        public HapticPulse Move(in Pose3 slider, in Vec3 hand, bool fine, float seconds)
        {
            Vec3 held = slider.ToLocal(hand);
            if (!IsHeld || !held.IsFinite || !_hasHand)
            {
                Take(held);
                return default(HapticPulse);
            }
            double step = held.Y - _height;
            _height = held.Y;
            double before = _steady.Value;
            double steadyStep = _steady.Next(_height, seconds) - before;
            return _travel.Advance((fine ? steadyStep : step) / _travelMm, fine);
        }

        /// <summary>Goes to the knob's default; the hand goes on from there.</summary>
        public HapticPulse Reset() => IsHeld ? _travel.Reset() : default(HapticPulse);

        /// <summary>The hand lets go. The value stays to be read.</summary>
        public void End() => IsHeld = false;

        private void Take(in Vec3 held)
        {
            _hasHand = held.IsFinite;
            if (_hasHand)
            {
                _height = held.Y;
                _steady.Begin(_height);
            }
        }
    }
}
