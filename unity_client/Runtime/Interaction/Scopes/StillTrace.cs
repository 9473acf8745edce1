using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// Where an oscilloscope begins to draw, so that a wave stands still: where it last rose through the middle, with a
    /// whole picture still to come.
    /// </summary>
    public static class StillTrace
    {
        /// <summary>
        /// The signal must fall this share of its height below the middle before it can trigger again.
        /// </summary>
        private const float Hysteresis = 0.08f;

        /// <summary>
        /// The first frame of the picture. Where nothing rises, as in silence, the picture is of the latest frames.
        /// </summary>
        /// <param name="volts">Oldest first.</param>
        /// <param name="count">How many there are.</param>
        /// <param name="frames">How many the picture is wide.</param>
        public static int Start(float[] volts, int count, int frames)
        {
            int latest = Math.Max(0, count - frames);
            Range(volts, 0, count, out float lowest, out float highest);
            float middle = (lowest + highest) / 2f;
            float armedBelow = middle - Hysteresis * (highest - lowest);
            bool isArmed = false;
            int found = latest;
            for (int frame = 1; frame <= latest; frame++)
            {
                isArmed |= volts[frame - 1] < armedBelow;
                if (isArmed && volts[frame] >= middle && highest > lowest)
                {
                    isArmed = false;
                    found = frame;
                }
            }
            return found;
        }

        /// <summary>The lowest and the highest of some frames; both 0 where there are none.</summary>
        public static void Range(float[] volts, int from, int count, out float lowest, out float highest)
        {
            lowest = count > 0 ? float.PositiveInfinity : 0f;
            highest = count > 0 ? float.NegativeInfinity : 0f;
            for (int frame = from; frame < from + count; frame++)
            {
                lowest = Math.Min(lowest, volts[frame]);
                highest = Math.Max(highest, volts[frame]);
            }
        }
    }
}
