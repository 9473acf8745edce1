using System.Collections.Generic;

namespace SynthVR.Checks
{
    /// <summary>An element of the Android manifest.</summary>
    public sealed class ManifestEntry
    {
        internal ManifestEntry(string path, params string[] namesAndValues)
        {
            Path = path.Split('/');
            var attributes = new Dictionary<string, string>();
            for (int i = 0; i < namesAndValues.Length; i += 2)
            {
                attributes.Add(namesAndValues[i], namesAndValues[i + 1]);
            }
            Attributes = attributes;
        }

        /// <summary>Names of the elements from the root to this one.</summary>
        public IReadOnlyList<string> Path { get; }

        /// <summary>Its attributes; all names are in Android's namespace.</summary>
        public IReadOnlyDictionary<string, string> Attributes { get; }
    }
}
