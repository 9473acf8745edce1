using System;

namespace SynthVR.Client
{
    /// <summary>
    /// Holds the depth of a buffer near its target by playing a little faster or slower: a proportional–integral
    /// controller behind a low-pass. Two sound cards differ by up to 200 ppm; the integral learns that difference.
    /// </summary>
    internal sealed class DriftCorrection
    {
        /// <summary>9 cents: less than is heard of a slow change.</summary>
        public const double Most = 0.005;

        // Critically damped at 0.1 rad/s: d(depth)/dt = −(Kp·e + Ki·∫e). Slower than a network's moods, and
        // 1 ms of error left by the low-pass bends the pitch by 0.2 ‰ = 0.35 cents.
        private const double Proportional = 0.2; // 1/s
        private const double Integral = 0.01; // 1/s²
        private const double SmoothingSeconds = 1; // the depth is a saw: pieces come in steps of 10 ms

        private double _error;
        private double _learned;
        private bool _isFresh = true;

        /// <summary>The difference of the two clocks as learned so far: 0.0001 is 100 ppm.</summary>
        public double Learned
        {
            get { return _learned; }
        }

        /// <summary>The depth has been set anew; what was learned of the clocks stays true.</summary>
        public void Restart()
        {
            _isFresh = true;
        }

        /// <summary>
        /// What to multiply the playing speed by. <paramref name="error"/> is depth minus target in seconds, <paramref
        /// name="elapsed"/> the seconds since the last call; <paramref name="shrinking"/> is how fast the target falls,
        /// in seconds a second: that much is known and need not be learned.
        /// </summary>
        public double Next(double error, double elapsed, double shrinking)
        {
            double share = _isFresh ? 1 : 1 - Math.Exp(-elapsed / SmoothingSeconds);
            _isFresh = false;
            _error += share * (error - _error);
            double wanted = Proportional * _error + _learned + shrinking;
            double possible = Limited(wanted);
            if (wanted == possible || Math.Sign(_error) != Math.Sign(wanted))
            {
                _learned = Limited(_learned + Integral * _error * elapsed);
            }
            return 1 + possible;
        }

        private static double Limited(double correction)
        {
            return Math.Max(-Most, Math.Min(Most, correction));
        }
    }
}
