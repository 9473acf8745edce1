using System;
using SynthVR.Protocol;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A knob's range, and its value ↔ its turn, 0 at the lower stop and 1 at the upper: the same everywhere, so that
    /// a knob stands alike in the headset and in the browser. Values are in the knob's own unit.
    /// </summary>
    public readonly struct KnobRange
    {
        /// <summary>How far the pointer turns from stop to stop.</summary>
        public const double SweepDegrees = 300.0;

        /// <summary>The value at the lower stop.</summary>
        public readonly double Minimum;

        /// <summary>The value at the upper stop.</summary>
        public readonly double Maximum;

        /// <summary>The value of a new module.</summary>
        public readonly double Default;

        /// <summary>Equal turns are equal ratios.</summary>
        public readonly bool IsLog;

        /// <summary>How many positions a switch has; 0 for a knob that turns without steps.</summary>
        public readonly int Positions;

        /// <summary>Takes what the catalogue says. A range that makes no sense becomes one that stands still.</summary>
        public KnobRange(double minimum, double maximum, double normal, bool isLog, int positions)
        {
            bool hasRange = Angles.IsFinite(minimum) && Angles.IsFinite(maximum) && minimum < maximum;
            Minimum = Angles.IsFinite(minimum) ? minimum : 0.0;
            Maximum = hasRange ? maximum : Minimum;
            Default = Angles.IsFinite(normal) ? Math.Min(Maximum, Math.Max(Minimum, normal)) : Minimum;
            IsLog = isLog && Minimum > 0.0;
            Positions = hasRange && positions > 1 ? positions : 0;
        }

        /// <summary>As the catalogue has it.</summary>
        public static KnobRange Of(KnobInfo knob)
        {
            return new KnobRange(
                knob.Minimum, knob.Maximum, knob.Default, knob.Scale == KnobScale.Log, knob.Choices.Count);
        }

        /// <summary>Whether its values are the positions of a switch.</summary>
        public bool IsSwitch => Positions > 0;

        /// <summary>Whether the knob goes both ways from zero, and is felt to click there.</summary>
        public bool HasDetentAtZero => !IsLog && !IsSwitch && Minimum < 0.0 && Maximum > 0.0;

        /// <summary>
        /// Where the arc of a knob starts: at zero for one that goes both ways, else at its lower stop.
        /// </summary>
        public double RestingTurn => HasDetentAtZero ? TurnOf(0.0) : 0.0;

        /// <summary>The pointer's angle in degrees: 0 straight up, clockwise as seen from the front.</summary>
        public static double DegreesOf(double turn) => (turn - 0.5) * SweepDegrees;

        /// <summary>
        /// The turn at which the pointer has an angle in degrees; beyond the stops it is below 0 or above 1.
        /// </summary>
        public static double TurnAtDegrees(double degrees) => degrees / SweepDegrees + 0.5;

        /// <summary>The value held in the range; the default where it is not a number.</summary>
        public double Held(double value)
        {
            return double.IsNaN(value) ? Default : Math.Min(Maximum, Math.Max(Minimum, value));
        }

        /// <summary>The turn of a value, held between the stops.</summary>
        public double TurnOf(double value)
        {
            if (!(Minimum < Maximum))
            {
                return 0.0;
            }
            double held = Held(value);
            return IsLog
                ? Math.Log(held / Minimum) / Math.Log(Maximum / Minimum)
                : (held - Minimum) / (Maximum - Minimum);
        }

        /// <summary>The value at a turn, held between the stops; a switch goes to the nearest position.</summary>
        public double ValueAt(double turn)
        {
            if (!(turn > 0.0))
            {
                return Minimum;
            }
            if (turn >= 1.0)
            {
                return Maximum;
            }
            double value = IsLog
                ? Minimum * Math.Pow(Maximum / Minimum, turn)
                : Minimum + (Maximum - Minimum) * turn;
            return Held(IsSwitch ? Math.Floor(value + 0.5) : value);
        }

        /// <summary>The position of a switch at a value, 0 for the first.</summary>
        public int PositionOf(double value)
        {
            return IsSwitch ? (int)Math.Min(Positions - 1.0, Math.Floor(Held(value) - Minimum + 0.5)) : 0;
        }

        /// <summary>The value of a position of a switch, held to those there are.</summary>
        public double ValueOfPosition(int position)
        {
            return Minimum + Math.Min(Math.Max(0, position), Math.Max(0, Positions - 1));
        }

        /// <summary>
        /// Whether a value is far enough from the one sent last to be worth sending: 1/16384 of the turn, 0.7 cent on
        /// a knob of ±60 semitones, is less than anybody hears. The stops, zero and the default are always worth it.
        /// </summary>
        public bool IsWorthSending(double sent, double value)
        {
            const double quantum = 1.0 / 16384.0;
            if (value.Equals(sent) || double.IsNaN(value))
            {
                return false;
            }
            bool isMark = value.Equals(Minimum) || value.Equals(Maximum) || value.Equals(0.0) || value.Equals(Default);
            return isMark || IsSwitch || double.IsNaN(sent) || Math.Abs(TurnOf(value) - TurnOf(sent)) >= quantum;
        }
    }
}
