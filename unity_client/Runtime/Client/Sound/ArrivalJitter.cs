using System;

namespace SynthVR.Client
{
    /// <summary>
    /// How unevenly pieces of sound arrive: the difference between the slowest and the fastest of the latest ten
    /// seconds. Belongs to the thread that writes.
    /// </summary>
    internal sealed class ArrivalJitter
    {
        private const int Buckets = 10;
        private const double BucketSeconds = 1;

        private readonly double[] _fastest = new double[Buckets];
        private readonly double[] _slowest = new double[Buckets];
        private int _filled;
        private double _bucketEnds;

        /// <summary>Seconds; 0 before the first second is over.</summary>
        public double Spread { get; private set; }

        /// <summary>The stream has started anew: ways are counted from another moment.</summary>
        public void Restart()
        {
            _filled = 0;
        }

        /// <summary>
        /// A piece whose last frame was played by the engine at <paramref name="played"/> came at
        /// <paramref name="arrived"/>: seconds of two clocks whose difference does not matter.
        /// </summary>
        public void Observe(double played, double arrived)
        {
            double way = arrived - played;
            if (_filled == 0)
            {
                Open(way, arrived);
            }
            else if (arrived >= _bucketEnds)
            {
                Spread = Widest();
                Open(way, arrived);
            }
            int bucket = (_filled - 1) % Buckets;
            _fastest[bucket] = Math.Min(_fastest[bucket], way);
            _slowest[bucket] = Math.Max(_slowest[bucket], way);
        }

        private void Open(double way, double now)
        {
            // Counts on from Buckets, not from 0, once all are filled, so that the count never overflows.
            _filled = _filled < 2 * Buckets ? _filled + 1 : Buckets + 1;
            int bucket = (_filled - 1) % Buckets;
            _fastest[bucket] = _slowest[bucket] = way;
            _bucketEnds = now + BucketSeconds;
        }

        private double Widest()
        {
            double fastest = double.MaxValue;
            double slowest = double.MinValue;
            for (int bucket = 0; bucket < Math.Min(_filled, Buckets); bucket++)
            {
                fastest = Math.Min(fastest, _fastest[bucket]);
                slowest = Math.Max(slowest, _slowest[bucket]);
            }
            return slowest - fastest;
        }
    }
}
