using System.Threading;

namespace SynthVR.Client
{
    /// <summary>
    /// Stereo frames between two threads, without a lock: one writes, one reads. Frames are counted from 0 for ever;
    /// what a count has passed belongs to the other side.
    /// </summary>
    internal sealed class SoundRing
    {
        private readonly float[] _samples;
        private readonly int _mask;
        private long _written;
        private long _read;
        private long _timeOffset;
        private long _validFrom;
        private int _rate;

        /// <summary><paramref name="capacity"/> in frames, a power of two.</summary>
        public SoundRing(int capacity)
        {
            Capacity = capacity;
            _mask = capacity - 1;
            _samples = new float[2 * capacity];
        }

        public int Capacity { get; }

        /// <summary>Frames written so far. Set by the writer, after their samples.</summary>
        public long Written
        {
            get { return Volatile.Read(ref _written); }
            set { Volatile.Write(ref _written, value); }
        }

        /// <summary>Frames the reader needs no more. Set by the reader.</summary>
        public long Read
        {
            get { return Volatile.Read(ref _read); }
            set { Volatile.Write(ref _read, value); }
        }

        /// <summary>Sample time of the newest frame minus its count. Set by the writer.</summary>
        public long TimeOffset
        {
            get { return Volatile.Read(ref _timeOffset); }
            set { Volatile.Write(ref _timeOffset, value); }
        }

        /// <summary>Frames before this one are not to be played any more. Set by the writer.</summary>
        public long ValidFrom
        {
            get { return Volatile.Read(ref _validFrom); }
            set { Volatile.Write(ref _validFrom, value); }
        }

        /// <summary>Frames a second of what is written, 0 before the first. Set by the writer.</summary>
        public int Rate
        {
            get { return Volatile.Read(ref _rate); }
            set { Volatile.Write(ref _rate, value); }
        }

        public void Set(long frame, float left, float right)
        {
            int slot = 2 * (int)(frame & _mask);
            _samples[slot] = left;
            _samples[slot + 1] = right;
        }

        /// <summary>Both channels at <paramref name="part"/> (0–1) of the way to the next frame: Catmull–Rom.</summary>
        public void Interpolate(long frame, float part, out float left, out float right)
        {
            int before = 2 * (int)((frame - 1) & _mask);
            int at = 2 * (int)(frame & _mask);
            int next = 2 * (int)((frame + 1) & _mask);
            int last = 2 * (int)((frame + 2) & _mask);
            left = Cubic(_samples[before], _samples[at], _samples[next], _samples[last], part);
            right = Cubic(_samples[before + 1], _samples[at + 1], _samples[next + 1], _samples[last + 1], part);
        }

        private static float Cubic(float a, float b, float c, float d, float part)
        {
            return b + 0.5f * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)));
        }
    }
}
