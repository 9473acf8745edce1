using System;

namespace SynthVR.Client
{
    /// <summary>
    /// Percentiles over the latest measurements. Allocates nothing after it was made. One thread only.
    /// </summary>
    public sealed class LatencyStatistics
    {
        private readonly double[] _kept;
        private readonly double[] _parted;
        private int _next;

        /// <summary>Keeps the newest <paramref name="window"/> measurements.</summary>
        public LatencyStatistics(int window)
        {
            if (window < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(window));
            }
            _kept = new double[window];
            _parted = new double[window];
        }

        /// <summary>How many measurements there are, at most the window.</summary>
        public int Count { get; private set; }

        /// <summary>Half of the measurements were at most this; NaN before the first.</summary>
        public double P50
        {
            get { return Percentile(0.5); }
        }

        /// <summary>99 of 100 measurements were at most this; NaN before the first.</summary>
        public double P99
        {
            get { return Percentile(0.99); }
        }

        /// <summary>Takes a measurement, in any unit; one that is not a number is passed over.</summary>
        public void Add(double measured)
        {
            if (double.IsNaN(measured))
            {
                return;
            }
            _kept[_next] = measured;
            _next = (_next + 1) % _kept.Length;
            Count = Math.Min(Count + 1, _kept.Length);
        }

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            Count = _next = 0;
        }

        /// <summary>The smallest measurement that <paramref name="share"/> (0–1) of all do not exceed.</summary>
        public double Percentile(double share)
        {
            if (Count == 0)
            {
                return double.NaN;
            }
            Array.Copy(_kept, _parted, Count);
            int rank = (int)Math.Ceiling(share * Count) - 1;
            return Ranked(Math.Max(0, Math.Min(Count - 1, rank)));
        }

        /// <summary>Hoare's selection: Array.Sort allocates, and orders far more than one place.</summary>
        private double Ranked(int rank)
        {
            int low = 0;
            int high = Count - 1;
            while (low < high)
            {
                double pivot = _parted[rank];
                int left = low;
                int right = high;
                while (left <= right)
                {
                    for (; _parted[left] < pivot; left++)
                    {
                    }
                    for (; _parted[right] > pivot; right--)
                    {
                    }
                    if (left <= right)
                    {
                        double swapped = _parted[left];
                        _parted[left++] = _parted[right];
                        _parted[right--] = swapped;
                    }
                }
                low = right < rank ? left : low;
                high = left > rank ? right : high;
            }
            return _parted[rank];
        }
    }
}
