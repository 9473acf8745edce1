using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// The headset's loudspeakers: 48 kHz and 256 frames are asked for, because Unity's default on Quest is 24 kHz, off
    /// Android's fast path, and was measured at more than 110 ms. What the device makes of it is looked at and said.
    /// </summary>
    internal sealed class AudioDevice
    {
        private const int WantedRate = 48000;
        private const int WantedFrames = 256;

        /// <summary>Frames a second, as it is.</summary>
        internal int Rate { get; private set; }

        /// <summary>What is wrong with it, for people; empty where nothing is.</summary>
        internal string Problem { get; private set; } = "";

        /// <summary>
        /// Seconds in the buffers that Unity tells of; the device's own come on top and are not known.
        /// </summary>
        internal double BufferSeconds { get; private set; }

        /// <summary>
        /// Asks for what is wanted. It stops all sound for a moment, and Unity's sources must be started again.
        /// </summary>
        internal void Configure()
        {
            AudioConfiguration configuration = AudioSettings.GetConfiguration();
            bool isRight = configuration.sampleRate == WantedRate && configuration.dspBufferSize == WantedFrames;
            configuration.sampleRate = WantedRate;
            configuration.dspBufferSize = WantedFrames;
            bool isTaken = isRight || AudioSettings.Reset(configuration);
            Check();
            if (!isTaken)
            {
                Problem = "The headset refused 48 kHz and 256 frames. " + Problem;
            }
        }

        /// <summary>Looks at what there is: after a start, and when a headset has been plugged in.</summary>
        internal void Check()
        {
            AudioSettings.GetDSPBufferSize(out int frames, out int buffers);
            Rate = AudioSettings.outputSampleRate;
            BufferSeconds = Rate > 0 ? frames * buffers / (double)Rate : 0.0;
            Problem = Rate == WantedRate && frames <= WantedFrames
                ? ""
                : "Sound is late here: the headset plays " + Rate + " Hz in blocks of " + frames + " frames.";
        }
    }
}
