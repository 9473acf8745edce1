using System.Threading;

namespace SynthVR.Client
{
    /// <summary>
    /// Which frame was handed to the loudspeaker when: two values that one thread sets and others read together.
    /// </summary>
    internal sealed class PlayedMoment
    {
        private int _version; // odd while the values are being set
        private long _sampleTime;
        private double _at;

        public void Set(long sampleTime, double at)
        {
            Interlocked.Increment(ref _version);
            Volatile.Write(ref _sampleTime, sampleTime);
            Volatile.Write(ref _at, at);
            Interlocked.Increment(ref _version);
        }

        /// <summary>False before the first, and in the rare moment when they are being set.</summary>
        public bool TryGet(out long sampleTime, out double at)
        {
            int before = Volatile.Read(ref _version);
            sampleTime = Volatile.Read(ref _sampleTime);
            at = Volatile.Read(ref _at);
            Thread.MemoryBarrier();
            return before != 0 && before % 2 == 0 && before == Volatile.Read(ref _version);
        }
    }
}
