using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// Smooths one number that a hand makes: slow motion much, so that it does not tremble; fast motion little, so
    /// that it does not lag.
    /// </summary>
    /// <remarks>
    /// G. Casiez, N. Roussel, D. Vogel, "1€ Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive
    /// Systems", CHI 2012, doi:10.1145/2207676.2208639. Seconds may differ from frame to frame.
    /// </remarks>
    public struct OneEuroFilter
    {
        private const double SpeedCutoffHz = 1.0; // as in the paper: speeds are noisier than places

        private readonly double _restHz;
        private readonly double _hzPerSpeed;
        private double _speed;
        private bool _hasValue;

        /// <param name="restHz">Cutoff while the hand rests, in Hz: lower trembles less and lags more.</param>
        /// <param name="hzPerSpeed">Hz that the cutoff gains with each unit per second of speed.</param>
        public OneEuroFilter(double restHz, double hzPerSpeed)
        {
            _restHz = restHz;
            _hzPerSpeed = hzPerSpeed;
            _speed = 0.0;
            _hasValue = false;
            Value = 0.0;
        }

        /// <summary>The smoothed number.</summary>
        public double Value { get; private set; }

        /// <summary>Forgets what was, and stands at a number.</summary>
        public void Begin(double value)
        {
            Value = value;
            _speed = 0.0;
            _hasValue = true;
        }

        /// <summary>
        /// Takes the next number, <paramref name="seconds"/> after the one before; returns the smoothed one. Numbers
        /// that are not finite, and times that do not go on, change nothing.
        /// </summary>
        public double Next(double value, double seconds)
        {
            if (!Angles.IsFinite(value))
            {
                return Value;
            }
            if (!_hasValue)
            {
                Begin(value);
                return value;
            }
            if (!(seconds > 0.0))
            {
                return Value;
            }
            _speed += ((value - Value) / seconds - _speed) * Share(SpeedCutoffHz, seconds);
            Value += (value - Value) * Share(_restHz + _hzPerSpeed * Math.Abs(_speed), seconds);
            return Value;
        }

        /// <summary>How much of the way to a new number a first-order low-pass goes.</summary>
        internal static double Share(double cutoffHz, double seconds)
        {
            double way = 2.0 * Math.PI * cutoffHz * seconds;
            return way / (way + 1.0);
        }
    }
}
