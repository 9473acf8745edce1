using System.Diagnostics;

namespace SynthVR.Client
{
    /// <summary>The machine's monotonic clock.</summary>
    public sealed class MonotonicTime : ITimeSource
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        /// <inheritdoc/>
        public double Now
        {
            get { return (Stopwatch.GetTimestamp() - _start) / (double)Stopwatch.Frequency; }
        }
    }
}
