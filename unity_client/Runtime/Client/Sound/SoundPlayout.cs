using System;
using System.Threading;

namespace SynthVR.Client
{
    /// <summary>
    /// The reading side of a ring: when to start, how fast to play, how to end without a click. One thread only.
    /// </summary>
    internal sealed class SoundPlayout
    {
        private const int FadeFrames = 96; // 2 ms
        private const double TooDeep = 3; // times the target
        private const int After = 2; // frames that interpolation looks ahead

        private readonly SoundRing _ring;
        private readonly TargetDepth _target;
        private readonly DriftCorrection _drift = new DriftCorrection();
        private long _position; // the frame played next, and the part of the way to the one after it
        private double _part;
        private float _gain;
        private bool _isPlaying;
        private int _underruns;
        private long _dropped;

        public SoundPlayout(SoundRing ring, double targetSeconds)
        {
            _ring = ring;
            _target = new TargetDepth(targetSeconds);
        }

        public bool IsPlaying
        {
            get { return Volatile.Read(ref _isPlaying); }
        }

        public int Underruns
        {
            get { return Volatile.Read(ref _underruns); }
        }

        public long Dropped
        {
            get { return Volatile.Read(ref _dropped); }
        }

        public double TargetSeconds
        {
            get { return _target.Seconds; }
        }

        public double Drift
        {
            get { return _drift.Learned; }
        }

        /// <summary>Engine's time of the frame that is played next.</summary>
        public long SampleTime
        {
            get { return _position + _ring.TimeOffset; }
        }

        /// <summary>
        /// Looks at what has arrived before a block of <paramref name="block"/> seconds. False where there is nothing
        /// to play yet.
        /// </summary>
        public bool Prepare(double jitter, double piece, double block)
        {
            _target.Follow(jitter, piece, block, IsPlaying ? block : 0);
            if (_position < _ring.ValidFrom)
            {
                Volatile.Write(ref _isPlaying, false);
                MoveTo(_ring.ValidFrom);
            }
            // Pieces come in steps and the target is meant for their mean: a piece has just come, so half of one more.
            long first = TargetFrames + (long)(piece / 2 * _ring.Rate);
            if (!IsPlaying && _ring.Written - _position >= first)
            {
                MoveTo(_ring.Written - first); // what piled up before is not worth its delay
                Volatile.Write(ref _isPlaying, true);
            }
            return IsPlaying;
        }

        /// <summary>Fills the first frames of <paramref name="data"/>; returns how many there were.</summary>
        public int Play(float[] data, int channels, int frames, int outputRate)
        {
            long written = _ring.Written;
            double step = Step(written, frames, outputRate);
            bool isTooDeep = written - _position > TooDeep * TargetFrames;
            // A block is begun only if something is left behind it to fade out with.
            bool isLast = _position + (frames + FadeFrames) * step + After > written;
            int playable = (int)Math.Min(frames, Math.Max(0, (written - After - _position - _part) / step));
            for (int frame = 0; frame < playable; frame++)
            {
                _gain = isLast || isTooDeep
                    ? Math.Min(_gain, (playable - 1 - frame) / (float)FadeFrames)
                    : Math.Min(1, _gain + 1f / FadeFrames);
                _ring.Interpolate(_position, (float)_part, out float left, out float right);
                Put(data, frame * channels, channels, _gain * left, _gain * right);
                Advance(step);
            }
            _ring.Read = _position - 1;
            if (isLast)
            {
                RunDry();
            }
            else if (isTooDeep)
            {
                Volatile.Write(ref _dropped, _dropped + written - TargetFrames - _position);
                MoveTo(written - TargetFrames);
            }
            return playable;
        }

        private long TargetFrames
        {
            get { return (long)(_target.Seconds * _ring.Rate); }
        }

        private double Step(long written, int frames, int outputRate)
        {
            double rate = _ring.Rate;
            double depth = (written - _position - _part) / rate;
            double elapsed = frames / (double)outputRate;
            return _drift.Next(depth - _target.Seconds, elapsed, _target.Shrinking) * rate / outputRate;
        }

        private void Advance(double step)
        {
            _part += step;
            long whole = (long)_part;
            _position += whole;
            _part -= whole;
        }

        private void MoveTo(long position)
        {
            _position = position;
            _part = 0;
            _gain = 0;
            _drift.Restart();
            _ring.Read = position - 1;
        }

        private void RunDry()
        {
            Volatile.Write(ref _underruns, _underruns + 1);
            Volatile.Write(ref _isPlaying, false);
            _target.Deepen();
        }

        private static void Put(float[] data, int at, int channels, float left, float right)
        {
            if (channels == 1)
            {
                data[at] = 0.5f * (left + right);
                return;
            }
            data[at] = left;
            data[at + 1] = right;
            for (int other = 2; other < channels; other++)
            {
                data[at + other] = 0;
            }
        }
    }
}
