using System;
using System.Collections.Generic;

namespace SynthVR.Protocol
{
    /// <summary>Reads maps from texts.</summary>
    internal static class Maps
    {
        /// <summary>
        /// A new map of what follows; of a key that comes twice, the last counts. Throws ProtocolException.
        /// </summary>
        public static IReadOnlyDictionary<string, T> Read<T>(ref MessagePackReader reader, Reading<T> read)
        {
            int count = reader.ReadMapHeader();
            var map = new Dictionary<string, T>(Math.Min(count, Lists.MostBelieved), StringComparer.Ordinal);
            for (; count > 0; count--)
            {
                string key = reader.ReadKey();
                map[key] = read(ref reader);
            }
            return map;
        }
    }
}
