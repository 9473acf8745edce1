using System;
using System.Collections.Generic;

namespace SynthVR.Protocol
{
    /// <summary>Reads arrays.</summary>
    internal static class Lists
    {
        // A frame may promise more values than it has: a list begins no larger than this and grows as they come.
        internal const int MostBelieved = 64;

        // A list that is filled again and again keeps its room: no patch has more cables.
        private const int MostRefilled = Limits.MostCables;

        /// <summary>A new list of what follows. Throws ProtocolException.</summary>
        public static IReadOnlyList<T> Read<T>(ref MessagePackReader reader, Reading<T> read)
        {
            int count = reader.ReadArrayHeader();
            var list = new List<T>(Math.Min(count, MostBelieved));
            Add(ref reader, read, list, count);
            return list;
        }

        /// <summary>
        /// Fills <paramref name="list"/> with what follows, in place of what it had. Throws ProtocolException, also
        /// where it is more than any patch has.
        /// </summary>
        public static void Fill<T>(ref MessagePackReader reader, Reading<T> read, List<T> list)
        {
            list.Clear();
            int count = reader.ReadArrayHeader();
            if (count > MostRefilled)
            {
                throw new ProtocolException("A list of " + count + " is longer than any can be.");
            }
            Add(ref reader, read, list, count);
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
