using System;
using System.Threading;

namespace SynthVR.Client
{
    /// <summary>
    /// The server's master output on its way to the headset's loudspeakers. One thread writes pieces as they arrive,
    /// the audio thread reads blocks at its own rate; there is no lock, and nothing is allocated. The depth of the
    /// buffer follows the network; the two clocks are brought together by playing up to 0.5 % faster or slower.
    /// </summary>
    public sealed class SoundStream
    {
        private const int Capacity = 1 << 17; // frames: 2.7 s, a power of two

        private readonly SoundRing _ring = new SoundRing(Capacity);
        private readonly PlayedMoment _played = new PlayedMoment();
        private readonly SoundIntake _intake;
        private readonly SoundPlayout _playout;
        private readonly ITimeSource _time;
        private int _outputRate;

        /// <summary>
        /// <paramref name="outputRate"/> is the loudspeaker's, in Hz; <paramref name="targetSeconds"/> the depth to
        /// begin with, before anything is known of the network.
        /// </summary>
        public SoundStream(ITimeSource time, int outputRate, double targetSeconds = 0.06)
        {
            _time = time;
            _outputRate = outputRate;
            _intake = new SoundIntake(_ring);
            _playout = new SoundPlayout(_ring, targetSeconds);
        }

        /// <summary>Sample rate of the loudspeaker in Hz. Any thread.</summary>
        public int OutputRate
        {
            get { return Volatile.Read(ref _outputRate); }
            set { Volatile.Write(ref _outputRate, value); }
        }

        /// <summary>How it fares. Any thread; its parts may be a block apart.</summary>
        public SoundState State
        {
            get
            {
                double rate = Math.Max(1, _ring.Rate);
                return new SoundState(
                    _playout.IsPlaying,
                    Math.Max(0, _ring.Written - Math.Max(_ring.Read, _ring.ValidFrom)) / rate,
                    _playout.TargetSeconds,
                    _intake.JitterSeconds,
                    _playout.Drift,
                    _playout.Underruns,
                    _intake.Lost,
                    _playout.Dropped + _intake.Refused);
            }
        }

        /// <summary>
        /// Takes a piece of interleaved 16-bit little-endian stereo; <paramref name="sampleTime"/> is the engine's time
        /// of its first frame. The writing thread.
        /// </summary>
        public void Write(long sampleTime, int rate, byte[] pcm, int offset, int count)
        {
            _intake.Write(sampleTime, rate, pcm, offset, count, _time.Now);
        }

        /// <summary>
        /// Fills <paramref name="data"/> with interleaved samples (±1) of so many channels: for OnAudioFilterRead. The
        /// audio thread. Never throws, never waits; where there is nothing to play there is silence.
        /// </summary>
        public void Read(float[] data, int channels)
        {
            if (data == null || channels < 1)
            {
                return;
            }
            int frames = data.Length / channels;
            int rate = _ring.Rate;
            int outputRate = OutputRate;
            int filled = 0;
            if (rate > 0 && outputRate > 0)
            {
                double piece = _intake.PieceFrames / (double)rate;
                if (_playout.Prepare(_intake.JitterSeconds, piece, frames / (double)outputRate))
                {
                    _played.Set(_playout.SampleTime, _time.Now);
                    filled = _playout.Play(data, channels, frames, outputRate);
                }
            }
            Array.Clear(data, filled * channels, data.Length - filled * channels);
        }

        /// <summary>
        /// The engine's time of the frame that was handed to the loudspeaker at local time <paramref name="at"/>
        /// (seconds). False where nothing is playing. Any thread.
        /// </summary>
        public bool TryGetPlayed(out long sampleTime, out double at)
        {
            return _played.TryGet(out sampleTime, out at) && _playout.IsPlaying;
        }
    }
}
