using System.Collections.Generic;

namespace SynthVR.Protocol
{
    /// <summary>The map without entries, one for all.</summary>
    internal static class NoEntries<T>
    {
        public static readonly IReadOnlyDictionary<string, T> Map = new Dictionary<string, T>(0);
    }
}
