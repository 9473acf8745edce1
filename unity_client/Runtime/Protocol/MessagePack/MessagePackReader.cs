using System;

namespace SynthVR.Protocol
{
    /// <summary>
    /// Reads MessagePack from a part of an array. Pass it on by <c>ref</c>. Every method throws ProtocolException, and
    /// nothing else, where the bytes are not what was asked for. Numbers cost no allocation, short texts none but the
    /// first time (<see cref="TextCache"/>); sizes are believed only as far as there are bytes.
    /// </summary>
    public partial struct MessagePackReader
    {
        private readonly byte[] _bytes;
        private readonly int _end;
        private readonly TextCache _texts;
        private readonly Unfamiliar _unfamiliar;
        private int _position;
        private string _key;

        /// <summary>Reads <paramref name="part"/>; the texts it meets are kept in <paramref name="texts"/>.</summary>
        public MessagePackReader(ArraySegment<byte> part, TextCache texts)
            : this(part, texts, new Unfamiliar())
        {
        }

        internal MessagePackReader(ArraySegment<byte> part, TextCache texts, Unfamiliar unfamiliar)
        {
            _bytes = part.Array;
            _position = part.Offset;
            _end = part.Offset + part.Count;
            _texts = texts;
            _unfamiliar = unfamiliar;
            _key = null;
        }

        /// <summary>Bytes that are not read yet.</summary>
        public int Remaining => _end - _position;

        /// <summary>Whether nil comes next; it is then read.</summary>
        public bool TryReadNil()
        {
            bool isNil = Peek() == Code.Nil;
            if (isNil)
            {
                _position++;
            }
            return isNil;
        }

        /// <summary>Reads true or false.</summary>
        public bool ReadBoolean()
        {
            byte code = Peek();
            if (code != Code.False && code != Code.True)
            {
                throw Expected("a boolean");
            }
            _position++;
            return code == Code.True;
        }

        /// <summary>Reads a whole number.</summary>
        public long ReadInteger()
        {
            byte code = Peek();
            if (code < Code.FixMap || code >= Code.NegativeFixInt)
            {
                _position++;
                return unchecked((sbyte)code);
            }
            if (!IsInteger(code))
            {
                throw Expected("an integer");
            }
            bool isSigned = code >= Code.Int8;
            int size = 1 << (code - (isSigned ? Code.Int8 : Code.UInt8));
            ulong bits = ReadBigEndian(size);
            if (!isSigned && size == 8 && bits > long.MaxValue)
            {
                throw Wrong($"{bits} is too large");
            }
            int unused = 64 - 8 * size;
            return isSigned ? unchecked((long)(bits << unused)) >> unused : (long)bits;
        }

        /// <summary>Reads a whole number between −2³¹ and 2³¹ − 1.</summary>
        public int ReadInt32()
        {
            long value = ReadInteger();
            if (value < int.MinValue || value > int.MaxValue)
            {
                throw Wrong($"{value} is too large");
            }
            return (int)value;
        }

        /// <summary>Reads a number of any kind.</summary>
        public double ReadNumber()
        {
            switch (Peek())
            {
                case Code.Float64:
                    return BitConverter.Int64BitsToDouble(unchecked((long)ReadBigEndian(8)));
                case Code.Float32:
                    return FloatBits.ToSingle(unchecked((int)ReadBigEndian(4)));
                case Code.UInt64:
                    return ReadBigEndian(8);
                default:
                    return IsInteger(Peek()) ? ReadInteger() : throw Expected("a number");
            }
        }

        /// <summary>Reads a text.</summary>
        public string ReadText()
        {
            byte code = Peek();
            int size;
            if (code >= Code.FixText && code < Code.Nil)
            {
                _position++;
                size = code - Code.FixText;
            }
            else if (code >= Code.Text8 && code <= Code.Text32)
            {
                size = ReadSize(1 << (code - Code.Text8));
            }
            else
            {
                throw Expected("a text");
            }
            return _texts.Get(_bytes, Take(size), size);
        }

        /// <summary>Reads bytes: the very bytes of the frame, valid as long as it is.</summary>
        public ArraySegment<byte> ReadBytes()
        {
            byte code = Peek();
            if (code < Code.Bytes8 || code > Code.Bytes32)
            {
                throw Expected("bytes");
            }
            int size = ReadSize(1 << (code - Code.Bytes8));
            return new ArraySegment<byte>(_bytes, Take(size), size);
        }

        /// <summary>Begins an array and returns how many values follow.</summary>
        public int ReadArrayHeader()
        {
            return ReadHeader("an array", Code.FixArray, Code.Array16, 1);
        }

        /// <summary>Begins a map and returns how many keys follow, each with its value behind it.</summary>
        public int ReadMapHeader()
        {
            return ReadHeader("a map", Code.FixMap, Code.Map16, 2);
        }

        /// <summary>Throws unless everything has been read.</summary>
        public void End()
        {
            if (Remaining > 0)
            {
                _key = null;
                throw Wrong($"{Remaining} bytes follow the message");
            }
        }

        private ProtocolException Wrong(string what)
        {
            string where = _key == null ? "At" : $"In field '{_key}', at";
            return new ProtocolException($"{where} byte {_position}: {what}.");
        }

        private ProtocolException Expected(string what)
        {
            return Wrong($"{what} was expected, and there is {Code.NameOf(_bytes[_position])}");
        }

        private int ReadHeader(string what, byte inCode, byte code16, int valuesEach)
        {
            byte code = Peek();
            long count;
            if ((code & 0xf0) == inCode)
            {
                _position++;
                count = code & 0x0f;
            }
            else if (code == code16 || code == code16 + 1)
            {
                count = ReadSize(code == code16 ? 2 : 4);
            }
            else
            {
                throw Expected(what);
            }
            if (count * valuesEach > Remaining)
            {
                throw Wrong($"{what} of {count} cannot be in {Remaining} bytes");
            }
            return (int)count;
        }

        /// <summary>Reads a code and the size behind it.</summary>
        private int ReadSize(int bytes)
        {
            ulong size = ReadBigEndian(bytes);
            if (size > int.MaxValue)
            {
                throw Wrong($"{size} bytes or values cannot be in {Remaining} bytes");
            }
            return (int)size;
        }

        /// <summary>Reads a code and the bits behind it.</summary>
        private ulong ReadBigEndian(int bytes)
        {
            int place = Take(bytes + 1) + 1;
            ulong bits = 0;
            for (int i = 0; i < bytes; i++)
            {
                bits = bits << 8 | _bytes[place + i];
            }
            return bits;
        }

        private static bool IsInteger(byte code)
        {
            return code < Code.FixMap || code >= Code.NegativeFixInt || (code >= Code.UInt8 && code <= Code.Int64);
        }

        private byte Peek()
        {
            if (_position >= _end)
            {
                throw Wrong("the message is cut off");
            }
            return _bytes[_position];
        }

        private int Take(int count)
        {
            if (count > Remaining || count < 0)
            {
                throw Wrong("the message is cut off");
            }
            int place = _position;
            _position += count;
            return place;
        }
    }
}
