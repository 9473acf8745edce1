using System;

namespace SynthVR.Client.Tests
{
    /// <summary>
    /// A server that sends a tone and a loudspeaker that plays it, with two clocks and a way between them, on fake
    /// time.
    /// </summary>
    internal sealed class Network
    {
        public const double Hertz = 440;
        private const int Piece = 480;

        private readonly FakeTime _time = new FakeTime();
        private readonly int _outputRate;
        private readonly double _drift;
        private readonly float[] _block;
        private long _sent;

        /// <summary><paramref name="drift"/>: by how much the server's clock is faster.</summary>
        public Network(double drift = 0, int rate = 48000, int outputRate = 48000, int block = 256, int channels = 1)
        {
            Rate = rate;
            _outputRate = outputRate;
            _drift = drift;
            _block = new float[block * channels];
            Channels = channels;
            Start = _time.Now;
            Stream = new SoundStream(_time, outputRate);
        }

        public SoundStream Stream { get; }

        public int Rate { get; set; }

        public int Channels { get; }

        public double Start { get; }

        /// <summary>Seconds that a piece takes, by when it was sent.</summary>
        public Func<double, double> Way { get; set; } = sent => 0.003;

        /// <summary>Whether the piece with this sample time is lost.</summary>
        public Func<long, bool> IsLost { get; set; } = sampleTime => false;

        public double Now
        {
            get { return _time.Now - Start; }
        }

        /// <summary>Plays for so long; returns the first channel.</summary>
        public float[] Play(double seconds)
        {
            int blocks = (int)(seconds * _outputRate / (_block.Length / Channels));
            var heard = new float[blocks * (_block.Length / Channels)];
            for (int block = 0; block < blocks; block++)
            {
                Deliver();
                Stream.Read(_block, Channels);
                for (int frame = 0; frame < _block.Length / Channels; frame++)
                {
                    heard[block * (_block.Length / Channels) + frame] = _block[frame * Channels];
                }
                _time.Pass(_block.Length / Channels / (double)_outputRate);
            }
            return heard;
        }

        /// <summary>Time passes, and nobody reads.</summary>
        public void Rest(double seconds)
        {
            for (double end = Now + seconds; Now < end; _time.Pass(0.01))
            {
                Deliver();
            }
        }

        private void Deliver()
        {
            while (true)
            {
                double made = (_sent + Piece) / (Rate * (1 + _drift));
                if (made + Way(made) > Now)
                {
                    return;
                }
                if (!IsLost(_sent))
                {
                    Stream.Write(_sent, Rate, Tone.Pcm(_sent, Piece, Hertz, Rate), 0, 4 * Piece);
                }
                _sent += Piece;
            }
        }
    }
}
