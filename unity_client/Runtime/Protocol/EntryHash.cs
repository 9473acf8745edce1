using System;

namespace SynthVR.Protocol
{
    /// <summary>
    /// The 64-bit FNV-1a hash (http://www.isthe.com/chongo/tech/comp/fnv/) of an entry of a patch: a text is its UTF-8
    /// bytes and a zero, a number a little-endian float64.
    /// </summary>
    internal struct EntryHash
    {
        private const ulong Offset = 0xcbf29ce484222325;
        private const ulong Prime = 0x100000001b3;

        /// <summary>The hash of what was added.</summary>
        public ulong Value { get; private set; }

        /// <summary>Of an entry of that kind.</summary>
        public static EntryHash Begin(string kind)
        {
            var hash = new EntryHash { Value = Offset };
            hash.Add(kind);
            return hash;
        }

        /// <summary>Adds a text.</summary>
        public void Add(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                int point = text[i];
                if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                {
                    point = char.ConvertToUtf32(text[i], text[++i]);
                }
                else if (char.IsSurrogate(text[i]))
                {
                    point = 0xfffd; // as it is written to the server
                }
                AddPoint(point);
            }
            AddByte(0);
        }

        /// <summary>Adds a number; −0 counts as 0.</summary>
        public void Add(double number)
        {
            long bits = number == 0 ? 0 : BitConverter.DoubleToInt64Bits(number);
            for (int shift = 0; shift < 64; shift += 8)
            {
                AddByte((int)(bits >> shift) & 0xff);
            }
        }

        private void AddPoint(int point)
        {
            if (point < 0x80)
            {
                AddByte(point);
                return;
            }
            int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
            AddByte(((0xff00 >> (more + 1)) & 0xff) | (point >> (6 * more)));
            for (more--; more >= 0; more--)
            {
                AddByte(0x80 | ((point >> (6 * more)) & 0x3f));
            }
        }

        private void AddByte(int value)
        {
            Value = unchecked((Value ^ (ulong)value) * Prime);
        }
    }
}
