using System;

namespace SynthVR.Client.Tests
{
    /// <summary>Pieces of a sine as the server sends them, and what is told from what is heard.</summary>
    internal static class Tone
    {
        public const double Amplitude = 0.5;

        /// <summary>
        /// Interleaved 16-bit stereo of frames from <paramref name="start"/> on; left and right are the same.
        /// </summary>
        public static byte[] Pcm(long start, int frames, double hertz, int rate)
        {
            var pcm = new byte[4 * frames];
            for (int frame = 0; frame < frames; frame++)
            {
                double phase = 2 * Math.PI * hertz * ((start + frame) % rate) / rate;
                short sample = (short)Math.Round(32767 * Amplitude * Math.Sin(phase));
                pcm[4 * frame] = pcm[4 * frame + 2] = unchecked((byte)sample);
                pcm[4 * frame + 1] = pcm[4 * frame + 3] = unchecked((byte)(sample >> 8));
            }
            return pcm;
        }

        /// <summary>Hz, from the first to the last rising zero crossing.</summary>
        public static double Pitch(float[] samples, int start, int count, int rate)
        {
            double first = double.NaN;
            double last = double.NaN;
            int periods = -1;
            for (int index = start + 1; index < start + count; index++)
            {
                float before = samples[index - 1];
                float now = samples[index];
                if (before < 0 && now >= 0)
                {
                    last = index - 1 + before / (before - now);
                    first = double.IsNaN(first) ? last : first;
                    periods++;
                }
            }
            return periods * rate / (last - first);
        }

        public static double Cents(double hertz, double reference)
        {
            return 1200 * Math.Log(hertz / reference, 2);
        }

        /// <summary>The largest step between neighbours.</summary>
        public static float LargestStep(float[] samples, int start, int count)
        {
            float largest = 0;
            for (int index = start + 1; index < start + count; index++)
            {
                largest = Math.Max(largest, Math.Abs(samples[index] - samples[index - 1]));
            }
            return largest;
        }
    }
}
