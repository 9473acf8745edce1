using System;

namespace SynthVR.Client
{
    /// <summary>
    /// How fast two clocks part: a line through the least distorted reading of every ten seconds. One thread; allocates
    /// nothing.
    /// </summary>
    internal sealed class ClockDrift
    {
        private const double BucketSeconds = 10;
        private const int Buckets = 18; // three minutes
        private const int Fewest = 4;

        /// <summary>Quartz is within 100 ppm; what seems to be more than this is the network.</summary>
        private const double Most = 500e-6;

        private readonly double[] _at = new double[Buckets];
        private readonly double[] _offset = new double[Buckets];
        private readonly double[] _roundTrip = new double[Buckets];
        private int _count; // of buckets opened; the last one is open still
        private double _opened;

        /// <summary>Seconds by which the offset grows a second.</summary>
        public double Slope { get; private set; }

        public void Restart()
        {
            _count = 0;
            Slope = 0;
        }

        public void Add(double at, double roundTrip, double offset)
        {
            if (_count == 0 || at - _opened >= BucketSeconds)
            {
                Slope = Fitted();
                _opened = at;
                _count = _count < 2 * Buckets ? _count + 1 : Buckets + 1;
                Set(at, roundTrip, offset);
            }
            else if (roundTrip < _roundTrip[(_count - 1) % Buckets])
            {
                Set(at, roundTrip, offset);
            }
        }

        private void Set(double at, double roundTrip, double offset)
        {
            int bucket = (_count - 1) % Buckets;
            _at[bucket] = at;
            _roundTrip[bucket] = roundTrip;
            _offset[bucket] = offset;
        }

        /// <summary>Least squares; a reading counts the less the longer its way was.</summary>
        private double Fitted()
        {
            int count = Math.Min(_count, Buckets);
            if (count < Fewest)
            {
                return Slope;
            }
            double total = 0;
            double meanAt = 0;
            double meanOffset = 0;
            for (int bucket = 0; bucket < count; bucket++)
            {
                double weight = Weight(bucket);
                total += weight;
                meanAt += weight * _at[bucket];
                meanOffset += weight * _offset[bucket];
            }
            meanAt /= total;
            meanOffset /= total;
            double above = 0;
            double below = 0;
            for (int bucket = 0; bucket < count; bucket++)
            {
                double fromMean = _at[bucket] - meanAt;
                above += Weight(bucket) * fromMean * (_offset[bucket] - meanOffset);
                below += Weight(bucket) * fromMean * fromMean;
            }
            return below > 0 ? Math.Max(-Most, Math.Min(Most, above / below)) : Slope;
        }

        private double Weight(int bucket)
        {
            double way = _roundTrip[bucket] + 1e-4; // no way is so short that nothing else counts
            return 1 / (way * way);
        }
    }
}
