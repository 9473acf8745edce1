using System;

namespace SynthVR.Protocol.Tests
{
    /// <summary>A patch and its fingerprint, which every language's tests share.</summary>
    public sealed class GoldenPatch
    {
        private readonly string _patch;

        /// <summary>With the patch as MessagePack in base64.</summary>
        public GoldenPatch(string name, string patch, string fingerprint)
        {
            Name = name;
            _patch = patch;
            Fingerprint = fingerprint;
        }

        /// <summary>What it is about.</summary>
        public string Name { get; }

        /// <summary>Its fingerprint, 16 hexadecimal digits.</summary>
        public string Fingerprint { get; }

        /// <summary>The patch as MessagePack.</summary>
        public byte[] Bytes => Convert.FromBase64String(_patch);

        /// <inheritdoc/>
        public override string ToString()
        {
            return Name;
        }
    }
}
