using System;
using System.Collections.Generic;

namespace SynthVR.Protocol
{
    /// <summary>Reads arrays.</summary>
    internal static class Lists
    {
        // A frame may promise more values than it has: a list begins no larger than this and grows as they come.
        internal const int MostBelieved = 64;

        /// <summary>A new list of what follows. Throws ProtocolException.</summary>
        public static IReadOnlyList<T> Read<T>(ref MessagePackReader reader, Reading<T> read)
        {
            int count = reader.ReadArrayHeader();
            var list = new List<T>(Math.Min(count, MostBelieved));
            Add(ref reader, read, list, count);
            return list;
        }

        /// <summary>
        /// Fills <paramref name="list"/> with what follows, in place of what it had. Throws ProtocolException.
        /// </summary>
        public static void Fill<T>(ref MessagePackReader reader, Reading<T> read, List<T> list)
        {
            list.Clear();
            Add(ref reader, read, list, reader.ReadArrayHeader());
        }

        private static void Add<T>(ref MessagePackReader reader, Reading<T> read, List<T> list, int count)
        {
            for (; count > 0; count--)
            {
                list.Add(read(ref reader));
            }
        }
    }
}
