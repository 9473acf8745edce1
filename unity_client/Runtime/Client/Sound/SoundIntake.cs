using System.Threading;

namespace SynthVR.Client
{
    /// <summary>The writing side of a ring: pieces of PCM as they come from the network. One thread only.</summary>
    internal sealed class SoundIntake
    {
        private const float FullScale = 1 / 32768f;
        private const float ResidualPerFrame = 0.95f; // a step is over in 2 ms: no click
        private const int LowestRate = 8000;
        private const int HighestRate = 192000;

        private readonly SoundRing _ring;
        private readonly ArrivalJitter _jitter = new ArrivalJitter();
        private float _lastLeft;
        private float _lastRight;
        private float _residualLeft;
        private float _residualRight;
        private bool _isStepping;
        private long _lost;
        private long _refused;
        private int _jitterMicroseconds;
        private int _pieceFrames;

        public SoundIntake(SoundRing ring)
        {
            _ring = ring;
        }

        /// <summary>Frames that never came. Any thread.</summary>
        public long Lost
        {
            get { return Volatile.Read(ref _lost); }
        }

        /// <summary>Frames for which there was no room: nobody reads. Any thread.</summary>
        public long Refused
        {
            get { return Volatile.Read(ref _refused); }
        }

        /// <summary>Seconds between the fastest and the slowest way lately. Any thread.</summary>
        public double JitterSeconds
        {
            get { return Volatile.Read(ref _jitterMicroseconds) * 1e-6; }
        }

        /// <summary>Frames of the latest piece. Any thread.</summary>
        public int PieceFrames
        {
            get { return Volatile.Read(ref _pieceFrames); }
        }

        /// <summary>
        /// Takes a piece of interleaved 16-bit little-endian stereo. <paramref name="sampleTime"/> is that of its first
        /// frame, <paramref name="arrived"/> the local time in seconds. What makes no sense is passed over.
        /// </summary>
        public void Write(long sampleTime, int rate, byte[] pcm, int offset, int count, double arrived)
        {
            int frames = count / 4;
            if (frames == 0 || frames > _ring.Capacity / 2 || rate < LowestRate || rate > HighestRate)
            {
                return;
            }
            if (rate != _ring.Rate)
            {
                Restart(rate);
            }
            long written = _ring.Written;
            if (written + frames - _ring.Read > _ring.Capacity)
            {
                // Nobody reads. Whoever begins again wants to hear what is played then, not what waited here.
                Volatile.Write(ref _refused, _refused + frames);
                _ring.ValidFrom = written;
                return;
            }
            Volatile.Write(ref _pieceFrames, frames);
            Place(sampleTime, written);
            if (_isStepping)
            {
                StepFrom(pcm, offset);
            }
            Store(written, frames, pcm, offset);
            _jitter.Observe((sampleTime + frames) / (double)rate, arrived);
            Volatile.Write(ref _jitterMicroseconds, (int)(_jitter.Spread * 1e6));
        }

        private void Restart(int rate)
        {
            _ring.ValidFrom = _ring.Written;
            _ring.Rate = rate;
            _jitter.Restart();
        }

        private void Place(long sampleTime, long written)
        {
            long gap = sampleTime - (written + _ring.TimeOffset);
            _isStepping = gap != 0;
            if (gap == 0)
            {
                return;
            }
            _ring.TimeOffset = sampleTime - written;
            if (gap < 0 || gap > _ring.Capacity || written == 0)
            {
                _jitter.Restart(); // the engine has started anew, or we begin to listen
            }
            else
            {
                Volatile.Write(ref _lost, _lost + gap);
            }
        }

        /// <summary>After a gap the sound goes on from where it was, and slides to where it is.</summary>
        private void StepFrom(byte[] pcm, int offset)
        {
            _residualLeft = _lastLeft - Sample(pcm, offset);
            _residualRight = _lastRight - Sample(pcm, offset + 2);
        }

        private void Store(long written, int frames, byte[] pcm, int offset)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                _lastLeft = Sample(pcm, offset + 4 * frame) + _residualLeft;
                _lastRight = Sample(pcm, offset + 4 * frame + 2) + _residualRight;
                _ring.Set(written + frame, _lastLeft, _lastRight);
                _residualLeft *= ResidualPerFrame;
                _residualRight *= ResidualPerFrame;
            }
            _residualLeft = Settled(_residualLeft);
            _residualRight = Settled(_residualRight);
            _ring.Written = written + frames;
        }

        private static float Settled(float residual)
        {
            return residual > -FullScale && residual < FullScale ? 0 : residual; // denormals cost time
        }

        private static float Sample(byte[] pcm, int offset)
        {
            return (short)(pcm[offset] | pcm[offset + 1] << 8) * FullScale;
        }
    }
}
