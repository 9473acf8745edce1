using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>A stream of the server's: meters, the master output, or the scope of one jack.</summary>
    internal readonly struct StreamUse : IEquatable<StreamUse>
    {
        public StreamUse(StreamName stream, string module = null, string jack = null)
        {
            Stream = stream;
            Module = module;
            Jack = jack;
        }

        public StreamName Stream { get; }

        /// <summary>Of a scope, else null.</summary>
        public string Module { get; }

        /// <summary>Of a scope, else null.</summary>
        public string Jack { get; }

        public bool Equals(StreamUse other) => Stream == other.Stream && Module == other.Module && Jack == other.Jack;

        public override bool Equals(object other) => other is StreamUse use && Equals(use);

        public override int GetHashCode()
        {
            return unchecked((int)Stream + 31 * (Module?.GetHashCode() ?? 0) + 961 * (Jack?.GetHashCode() ?? 0));
        }
    }
}
