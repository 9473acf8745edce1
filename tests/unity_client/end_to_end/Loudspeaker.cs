using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using SynthVR.Client;

namespace SynthVR.EndToEnd
{
    /// <summary>
    /// A sound card's thread: asks for 256 frames at 48 kHz when they are due, and keeps what it gets.
    /// </summary>
    internal sealed class Loudspeaker
    {
        private const int Rate = 48000;
        private const int BlockFrames = 256;

        private readonly MonotonicTime _time = new MonotonicTime();
        private readonly List<float[]> _heard = new List<float[]>();
        private readonly SoundStream _sound;
        private readonly Thread _thread;
        private volatile bool _isOn = true;

        public Loudspeaker(SoundStream sound)
        {
            _sound = sound;
            _thread = new Thread(Play) { IsBackground = true, Priority = ThreadPriority.Highest };
            _thread.Start();
        }

        /// <summary>Seconds played so far.</summary>
        public double Played
        {
            get
            {
                lock (_heard)
                {
                    return _heard.Count * BlockFrames / (double)Rate;
                }
            }
        }

        /// <summary>Stops, and writes the last seconds as interleaved float32 stereo.</summary>
        public void Write(string path, double seconds)
        {
            _isOn = false;
            _thread.Join();
            using (var file = new BinaryWriter(File.Create(path)))
            {
                int blocks = (int)(seconds * Rate / BlockFrames);
                for (int block = Math.Max(0, _heard.Count - blocks); block < _heard.Count; block++)
                {
                    foreach (float sample in _heard[block])
                    {
                        file.Write(sample);
                    }
                }
            }
        }

        private void Play()
        {
            while (_isOn)
            {
                var block = new float[2 * BlockFrames];
                _sound.Read(block, 2);
                double due;
                lock (_heard)
                {
                    _heard.Add(block);
                    due = _heard.Count * BlockFrames / (double)Rate;
                }
                int milliseconds = (int)Math.Ceiling(1000 * (due - _time.Now));
                if (milliseconds > 0)
                {
                    Thread.Sleep(milliseconds);
                }
            }
        }
    }
}
