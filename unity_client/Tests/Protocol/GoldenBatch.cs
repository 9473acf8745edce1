using System;
using System.Collections.Generic;

namespace SynthVR.Protocol.Tests
{
    /// <summary>A patch, commands, and the patch after them, which every language's tests share.</summary>
    public sealed class GoldenBatch
    {
        private readonly string _before;
        private readonly string _commands;
        private readonly string _after;

        /// <summary>With patches and commands as MessagePack in base64.</summary>
        public GoldenBatch(string name, string before, string commands, string after, string fingerprint)
        {
            Name = name;
            _before = before;
            _commands = commands;
            _after = after;
            Fingerprint = fingerprint;
        }

        /// <summary>What the first command does.</summary>
        public string Name { get; }

        /// <summary>Fingerprint of the patch after, 16 hexadecimal digits.</summary>
        public string Fingerprint { get; }

        /// <summary>The patch before, as MessagePack.</summary>
        public byte[] BytesBefore => Convert.FromBase64String(_before);

        /// <summary>The array of commands, as MessagePack.</summary>
        public byte[] BytesOfCommands => Convert.FromBase64String(_commands);

        /// <summary>The patch after, as MessagePack.</summary>
        public byte[] BytesAfter => Convert.FromBase64String(_after);

        /// <summary>The patch before.</summary>
        public Patch Before => PatchIn(BytesBefore);

        /// <summary>The commands.</summary>
        public IReadOnlyList<Command> Commands
        {
            get
            {
                MessagePackReader reader = Bytes.Read(BytesOfCommands);
                return Command.ReadList(ref reader);
            }
        }

        /// <summary>The patch after.</summary>
        public Patch After => PatchIn(BytesAfter);

        /// <inheritdoc/>
        public override string ToString()
        {
            return Name;
        }

        private static Patch PatchIn(byte[] bytes)
        {
            MessagePackReader reader = Bytes.Read(bytes);
            return Patch.Read(ref reader);
        }
    }
}
