using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A hand that turns a knob: relative, so that the knob never jumps to the hand; from far off by going round it;
    /// fifteen times slower while fine. One per hand, used again for every grip; allocates nothing.
    /// </summary>
    /// <remarks>
    /// Poses are in the player's room, in mm, whatever the scale of the rack: an arm is as long as it is. The knob's
    /// pose is its centre, turned as its panel is. Call it on one thread.
    /// </remarks>
    public sealed class KnobGrip
    {
        /// <summary>How much further the knob turns than the wrist, which does not go from stop to stop.</summary>
        public const float Gain = 1.4f;

        /// <summary>How much slower the knob turns while fine.</summary>
        public const float Fine = (float)KnobTravel.Fine;

        /// <summary>Further than this from the knob's axis, mm, the hand goes round it instead of twisting.</summary>
        public const float LeverMm = 100f;

        /// <summary>A hand that goes round must come this much nearer before it twists again, mm.</summary>
        private const float LeverHoldMm = 10f;

        /// <summary>Nobody turns a wrist further than this for one position of a switch, degrees of the knob.</summary>
        private const double MostStepDegrees = 45.0;

        /// <summary>
        /// Beyond this swing a twist is no longer told from it: the knob waits until the wrist is back.
        /// </summary>
        private const float MostSwing = 150f;

        private const double StickDegreesPerSecond = 240.0;
        private const float StickRest = 0.15f;
        private const double RestHz = 1.0;
        private const double HzPerDegreePerSecond = 0.05;

        private static readonly Vec3 Axis = new Vec3(0f, 0f, -1f); // out of the panel: clockwise is positive

        private readonly KnobTravel _travel = new KnobTravel();
        private OneEuroFilter _steady = new OneEuroFilter(RestHz, HzPerDegreePerSecond);
        private Quat _grabbedBack;
        private float _twist;
        private float _round;
        private bool _twistIsKnown;
        private bool _hasHand;
        private bool _byRay;
        private double _way; // of the hand since the grab, in degrees of the knob

        /// <summary>Whether a hand holds the knob.</summary>
        public bool IsHeld { get; private set; }

        /// <summary>Whether the hand goes round the knob: draw a line from one to the other.</summary>
        public bool IsAtLever { get; private set; }

        /// <summary>In the knob's own unit. Untouched by the grab itself.</summary>
        public double Value => _travel.Value;

        /// <summary>0 at the lower stop to 1 at the upper.</summary>
        public double Turn => _travel.Turn;

        /// <summary>The pointer's angle: 0 straight up, clockwise as seen from the front.</summary>
        public float Degrees => (float)KnobRange.DegreesOf(_travel.Turn);

        /// <summary>The hand closes round a knob that stands at <paramref name="value"/>.</summary>
        /// <param name="range">Of the knob.</param>
        /// <param name="value">Where it stands.</param>
        /// <param name="knob">Its centre, turned as its panel is.</param>
        /// <param name="hand">The hand.</param>
        /// <param name="byRay">The hand is far off and only its ray is at the knob: it twists wherever it is.</param>
        public void Begin(in KnobRange range, double value, in Pose3 knob, in Pose3 hand, bool byRay = false)
        {
            _byRay = byRay;
            double even = 1.0 / Math.Max(1, range.Positions - 1);
            _travel.Begin(range, value, Math.Min(even, MostStepDegrees / KnobRange.SweepDegrees));
            _hasHand = false;
            Take(knob.ToLocal(hand));
            _way = 0.0;
            _steady.Begin(0.0);
            IsAtLever = false;
            IsHeld = true;
        }

        /// <summary>
        /// The hand of this frame, <paramref name="seconds"/> after the one before. Returns the pulse that it feels.
        /// A pose that is not finite is a hand that is lost: where it is found again, it goes on without a jump.
        /// </summary>
        public HapticPulse Move(in Pose3 knob, in Pose3 hand, bool fine, float seconds)
        {
            Pose3 held = knob.ToLocal(hand);
            if (!IsHeld || !held.IsFinite || !_hasHand)
            {
                Take(held);
                return default(HapticPulse);
            }
            float twist = TwistStep(held.Rotation) * Gain;
            float round = RoundStep(held.Position);
            float away = AwayFromAxis(held.Position);
            bool wasAtLever = IsAtLever;
            IsAtLever = !_byRay && away > (wasAtLever ? LeverMm - LeverHoldMm : LeverMm);
            double step = !IsAtLever ? twist : wasAtLever ? round : 0f;
            _way += step;
            double before = _steady.Value;
            double steadyStep = _steady.Next(_way, seconds) - before;
            return _travel.Advance((fine ? steadyStep : step) / KnobRange.SweepDegrees, fine);
        }

        /// <summary>
        /// A thumbstick turns the knob: for one that a ray points at, or a hand that is tired.
        /// <paramref name="stick"/> is −1 to 1.
        /// </summary>
        public HapticPulse Nudge(float stick, bool fine, float seconds)
        {
            float past = Math.Abs(stick) - StickRest;
            if (!IsHeld || !(past > 0f) || !(seconds > 0f))
            {
                return default(HapticPulse);
            }
            double push = Math.Min(1.0, past / (1.0 - StickRest)) * Math.Sign(stick);
            double degrees = StickDegreesPerSecond * push * Math.Abs(push) * seconds;
            return _travel.Advance(degrees / KnobRange.SweepDegrees, fine);
        }

        /// <summary>Goes to the knob's default; the hand goes on from there.</summary>
        public HapticPulse Reset() => IsHeld ? _travel.Reset() : default(HapticPulse);

        /// <summary>The hand lets go, or has lost the knob to somebody else. The value stays to be read.</summary>
        public void End() => IsHeld = IsAtLever = false;

        private void Take(in Pose3 held)
        {
            _hasHand = held.IsFinite;
            if (!_hasHand)
            {
                return;
            }
            _grabbedBack = held.Rotation.Inverse;
            _twist = 0f;
            _twistIsKnown = true;
            _round = RoundOf(held.Position);
        }

        private float TwistStep(in Quat held)
        {
            SwingTwist since = SwingTwist.Of(held * _grabbedBack, Axis);
            bool isKnown = since.Swing < MostSwing;
            float step = isKnown && _twistIsKnown ? Angles.Step(_twist, since.Twist) : 0f;
            _twist = since.Twist;
            _twistIsKnown = isKnown;
            return step;
        }

        private float RoundStep(in Vec3 held)
        {
            float before = _round;
            _round = RoundOf(held);
            return Angles.Step(before, _round);
        }

        /// <summary>Where the hand is round the knob, as the knob's pointer would show it.</summary>
        private static float RoundOf(in Vec3 held)
        {
            return (float)(Math.Atan2(held.X, held.Y) * Angles.DegreesPerRadian);
        }

        private static float AwayFromAxis(in Vec3 held) => (float)Math.Sqrt(held.X * held.X + held.Y * held.Y);
    }
}
