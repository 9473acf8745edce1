namespace SynthVR.Client
{
    /// <summary>How the sound from the server fares. Seconds, and frames of the stream.</summary>
    public readonly struct SoundState
    {
        internal SoundState(
            bool isPlaying, double depth, double target, double jitter, double drift, int underruns, long lost,
            long dropped)
        {
            IsPlaying = isPlaying;
            DepthSeconds = depth;
            TargetSeconds = target;
            JitterSeconds = jitter;
            Drift = drift;
            Underruns = underruns;
            LostFrames = lost;
            DroppedFrames = dropped;
        }

        /// <summary>False while the buffer fills.</summary>
        public bool IsPlaying { get; }

        /// <summary>How much sound waits to be played.</summary>
        public double DepthSeconds { get; }

        /// <summary>How much should wait: as much as the network's unevenness asks for.</summary>
        public double TargetSeconds { get; }

        /// <summary>The difference between the fastest and the slowest way of the last ten seconds.</summary>
        public double JitterSeconds { get; }

        /// <summary>By how much the server's clock was found to be faster than ours: 0.0001 is 100 ppm.</summary>
        public double Drift { get; }

        /// <summary>How often the buffer ran dry.</summary>
        public int Underruns { get; }

        /// <summary>Frames that never came.</summary>
        public long LostFrames { get; }

        /// <summary>Frames that came and were not played, because too many waited.</summary>
        public long DroppedFrames { get; }
    }
}
