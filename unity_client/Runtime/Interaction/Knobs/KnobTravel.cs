using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// What a hand's way does to a knob, whatever the gesture is: stops, detents, fine turning, pulses. All in steps
    /// from frame to frame, so that nothing ever jumps to the hand.
    /// </summary>
    internal sealed class KnobTravel
    {
        /// <summary>How much slower the knob turns while fine.</summary>
        internal const double Fine = 15.0;

        /// <summary>
        /// Hand's way that the detent at zero swallows, degrees of the knob: felt, and soon left behind.
        /// </summary>
        private const double DetentDegrees = 8.0;

        /// <summary>A switch holds on by this share of a step: at the edge of two positions a hand trembles.</summary>
        private const double Hold = 0.15;

        private const double TickDegrees = 10.0;
        private const double DetentTurn = DetentDegrees / KnobRange.SweepDegrees;

        private KnobRange _range;
        private double _stepTurn; // hand's way from one position of a switch to the next
        private double _between; // hand's way since the position of a switch, in steps
        private double _inDetent; // hand's way within the detent, from its middle
        private bool _atDetent;
        private double _tick; // where the last tick was felt, in units of TickDegrees

        internal double Value { get; private set; }

        internal double Turn { get; private set; }

        /// <param name="range">Of the knob.</param>
        /// <param name="value">Where it stands.</param>
        /// <param name="stepTurn">The hand's way from one position of a switch to the next, in turns.</param>
        internal void Begin(in KnobRange range, double value, double stepTurn)
        {
            _range = range;
            _stepTurn = stepTurn;
            Stand(range.Held(value));
        }

        /// <summary>Moves by the hand's way, in turns of the knob.</summary>
        internal HapticPulse Advance(double turns, bool fine)
        {
            if (!Angles.IsFinite(turns) || turns.Equals(0.0))
            {
                return default(HapticPulse);
            }
            return _range.IsSwitch ? AdvanceSwitch(turns / _stepTurn) : AdvanceKnob(fine ? turns / Fine : turns, fine);
        }

        /// <summary>Goes to the default; the hand goes on from there.</summary>
        internal HapticPulse Reset()
        {
            Stand(_range.Default);
            return HapticPulse.Detent;
        }

        private void Stand(double value)
        {
            Value = _range.IsSwitch ? _range.ValueOfPosition(_range.PositionOf(value)) : value;
            Turn = _range.TurnOf(Value);
            _between = 0.0;
            _inDetent = 0.0;
            _atDetent = _range.HasDetentAtZero && value.Equals(0.0);
            _tick = Ticks();
        }

        private HapticPulse AdvanceSwitch(double steps)
        {
            int position = _range.PositionOf(Value);
            int before = position;
            _between += steps;
            while (_between > 0.5 + Hold && position < _range.Positions - 1)
            {
                position++;
                _between -= 1.0;
            }
            while (_between < -0.5 - Hold && position > 0)
            {
                position--;
                _between += 1.0;
            }
            double most = position < _range.Positions - 1 ? double.MaxValue : 0.0;
            double least = position > 0 ? double.MinValue : 0.0;
            _between = Math.Min(most, Math.Max(least, _between));
            Value = _range.ValueOfPosition(position);
            Turn = _range.TurnOf(Value);
            return position == before ? default(HapticPulse) : HapticPulse.Detent;
        }

        private HapticPulse AdvanceKnob(double turns, bool fine)
        {
            double before = Turn;
            bool clicks = false;
            if (_range.HasDetentAtZero)
            {
                clicks = PassDetent(turns, fine);
            }
            else
            {
                Turn += turns;
            }
            Turn = Math.Min(1.0, Math.Max(0.0, Turn));
            Value = _atDetent ? 0.0 : _range.ValueAt(Turn);
            bool ticks = Ticked();
            if (clicks)
            {
                return HapticPulse.Detent;
            }
            if (!Turn.Equals(before) && (Turn <= 0.0 || Turn >= 1.0))
            {
                return HapticPulse.Stop;
            }
            return ticks ? HapticPulse.Tick : default(HapticPulse);
        }

        /// <summary>
        /// Zero is wider for the hand than for the knob: a hand that goes through it stays there for a while, and no
        /// value is out of reach. A fine hand is not held up, only told. Returns whether it arrives at zero or goes
        /// through.
        /// </summary>
        private bool PassDetent(double turns, bool fine)
        {
            double zero = _range.RestingTurn;
            double half = fine ? 0.0 : DetentTurn / 2.0;
            bool wasAtDetent = _atDetent;
            double from = wasAtDetent ? (fine ? 0.0 : _inDetent) : Turn - zero + (Turn > zero ? half : -half);
            double to = from + turns;
            bool crosses = wasAtDetent || (from < 0.0 ? to >= -half : to <= half);
            _atDetent = crosses && to >= -half && to <= half;
            _inDetent = _atDetent ? to : 0.0;
            Turn = _atDetent ? zero : zero + to - (to > 0.0 ? half : -half);
            return crosses && !wasAtDetent;
        }

        /// <summary>Whether 10° more have been turned; a hand that trembles on the spot feels nothing.</summary>
        private bool Ticked()
        {
            double now = Ticks();
            if (Math.Abs(now - _tick) < 1.0)
            {
                return false;
            }
            _tick = now > _tick ? Math.Floor(now) : Math.Ceiling(now);
            return true;
        }

        private double Ticks() => KnobRange.DegreesOf(Turn) / TickDegrees;
    }
}
