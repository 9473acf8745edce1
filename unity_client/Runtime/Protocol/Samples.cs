using System;

namespace SynthVR.Protocol
{
    /// <summary>
    /// The samples in audio and scope messages. Allocates nothing, throws ProtocolException where they do not fit.
    /// </summary>
    public static class Samples
    {
        /// <summary>
        /// Writes 16-bit samples, as in <see cref="Audio.Pcm"/>, to <paramref name="target"/> as −1 to 1, from
        /// <paramref name="at"/> on. Returns how many.
        /// </summary>
        public static int FromPcm16(ArraySegment<byte> pcm, float[] target, int at)
        {
            int count = CountOf(pcm, 2, target, at);
            byte[] bytes = pcm.Array;
            for (int i = 0, place = pcm.Offset; i < count; i++, place += 2)
            {
                target[at + i] = (short)(bytes[place] | bytes[place + 1] << 8) / 32768f;
            }
            return count;
        }

        /// <summary>
        /// Writes float32 samples in volts, as in <see cref="Scope.Samples"/>, to <paramref name="target"/>, from
        /// <paramref name="at"/> on. Returns how many.
        /// </summary>
        public static int FromFloat32(ArraySegment<byte> samples, float[] target, int at)
        {
            int count = CountOf(samples, 4, target, at);
            byte[] bytes = samples.Array;
            for (int i = 0, place = samples.Offset; i < count; i++, place += 4)
            {
                int bits = bytes[place] | bytes[place + 1] << 8 | bytes[place + 2] << 16 | bytes[place + 3] << 24;
                target[at + i] = FloatBits.ToSingle(bits);
            }
            return count;
        }

        private static int CountOf(ArraySegment<byte> samples, int size, float[] target, int at)
        {
            int count = samples.Count / size;
            if (samples.Count % size != 0 || count > target.Length - at)
            {
                throw new ProtocolException(
                    $"{samples.Count} bytes are not samples that fit into {target.Length - at}.");
            }
            return count;
        }
    }
}
