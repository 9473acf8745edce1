using System;

namespace SynthVR.Protocol.Tests
{
    /// <summary>A frame as it goes over the wire, which every language's tests share.</summary>
    public sealed class GoldenFrame
    {
        private readonly string _base64;

        /// <summary>With its bytes in base64.</summary>
        public GoldenFrame(string name, string base64)
        {
            Name = name;
            _base64 = base64;
        }

        /// <summary>Who says it, what it is and what is expected: client/edit.accepted.</summary>
        public string Name { get; }

        /// <summary>Whether a client says it.</summary>
        public bool IsFromClient => Name.StartsWith("client/", StringComparison.Ordinal);

        /// <summary>Whether it is a whole message that the other side takes.</summary>
        public bool IsMessage => !IsFromClient || Name.EndsWith(".accepted", StringComparison.Ordinal);

        /// <summary>Whether it is not even a map under texts.</summary>
        public bool IsUnreadable => Name.EndsWith(".closes-4400", StringComparison.Ordinal);

        /// <summary>Its bytes, a new copy.</summary>
        public byte[] Bytes => Convert.FromBase64String(_base64);

        /// <summary>The frame of that name.</summary>
        public static GoldenFrame Named(string name)
        {
            return Array.Find(GoldenFrames.All, frame => frame.Name == name)
                ?? throw new ArgumentException($"There is no golden frame {name}.");
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return Name;
        }
    }
}
