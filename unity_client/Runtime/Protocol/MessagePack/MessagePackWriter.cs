using System;
using System.Text;

namespace SynthVR.Protocol
{
    /// <summary>
    /// Writes MessagePack into a buffer that grows and is used again: after the first few messages nothing is
    /// allocated. Every value takes the shortest form, as the server's own does. One thread at a time.
    /// </summary>
    public sealed class MessagePackWriter
    {
        // Arrays and maps have no form with a size of one byte.
        private const int NoSuchCode = -1;

        private byte[] _buffer;

        /// <summary>Starts with room for <paramref name="capacity"/> bytes.</summary>
        public MessagePackWriter(int capacity = 256)
        {
            _buffer = new byte[Math.Max(capacity, 16)];
        }

        /// <summary>Bytes written since the last <see cref="Clear"/>.</summary>
        public int Length { get; private set; }

        /// <summary>What is written so far; valid until the next call.</summary>
        public ArraySegment<byte> Written => new ArraySegment<byte>(_buffer, 0, Length);

        /// <summary>Begins anew, in the same buffer.</summary>
        public void Clear()
        {
            Length = 0;
        }

        /// <summary>Writes that there is no value.</summary>
        public void WriteNil()
        {
            WriteByte(Code.Nil);
        }

        /// <summary>Writes true or false.</summary>
        public void WriteBoolean(bool value)
        {
            WriteByte(value ? Code.True : Code.False);
        }

        /// <summary>Writes a whole number.</summary>
        public void WriteInteger(long value)
        {
            if (value >= 0)
            {
                WritePositive(value);
            }
            else if (value >= -32)
            {
                WriteByte(unchecked((byte)value));
            }
            else if (value >= sbyte.MinValue)
            {
                WriteBigEndian(Code.Int8, value, 1);
            }
            else if (value >= short.MinValue)
            {
                WriteBigEndian(Code.Int16, value, 2);
            }
            else
            {
                bool fits = value >= int.MinValue;
                WriteBigEndian(fits ? Code.Int32 : Code.Int64, value, fits ? 4 : 8);
            }
        }

        /// <summary>Writes a number, always with all its bits.</summary>
        public void WriteNumber(double value)
        {
            WriteBigEndian(Code.Float64, BitConverter.DoubleToInt64Bits(value), 8);
        }

        /// <summary>Writes a text as UTF-8. Throws ArgumentNullException.</summary>
        public void WriteText(string value)
        {
            if (value == null)
            {
                throw new ArgumentNullException(nameof(value));
            }
            int size = Encoding.UTF8.GetByteCount(value);
            WriteSize(size, Code.FixText, 31, Code.Text8, Code.Text16);
            Reserve(size);
            Length += Encoding.UTF8.GetBytes(value, 0, value.Length, _buffer, Length);
        }

        /// <summary>Writes a text, or nil where there is none.</summary>
        public void WriteTextOrNil(string value)
        {
            if (value == null)
            {
                WriteNil();
            }
            else
            {
                WriteText(value);
            }
        }

        /// <summary>Writes bytes.</summary>
        public void WriteBytes(ArraySegment<byte> value)
        {
            WriteSize(value.Count, 0, -1, Code.Bytes8, Code.Bytes16);
            Reserve(value.Count);
            if (value.Count > 0)
            {
                Buffer.BlockCopy(value.Array, value.Offset, _buffer, Length, value.Count);
            }
            Length += value.Count;
        }

        /// <summary>Begins an array; <paramref name="count"/> values follow.</summary>
        public void WriteArrayHeader(int count)
        {
            WriteSize(count, Code.FixArray, 15, NoSuchCode, Code.Array16);
        }

        /// <summary>Begins a map; <paramref name="count"/> keys follow, each with its value behind it.</summary>
        public void WriteMapHeader(int count)
        {
            WriteSize(count, Code.FixMap, 15, NoSuchCode, Code.Map16);
        }

        private void WritePositive(long value)
        {
            if (value <= 127)
            {
                WriteByte((byte)value);
            }
            else if (value <= byte.MaxValue)
            {
                WriteBigEndian(Code.UInt8, value, 1);
            }
            else if (value <= ushort.MaxValue)
            {
                WriteBigEndian(Code.UInt16, value, 2);
            }
            else
            {
                bool fits = value <= uint.MaxValue;
                WriteBigEndian(fits ? Code.UInt32 : Code.UInt64, value, fits ? 4 : 8);
            }
        }

        /// <summary>
        /// The size of something: in the code itself up to <paramref name="mostInCode"/>, else in 1, 2 or 4 bytes
        /// behind a code of its own; that of 4 bytes comes after that of 2.
        /// </summary>
        private void WriteSize(int size, int inCode, int mostInCode, int code8, int code16)
        {
            if (size <= mostInCode)
            {
                WriteByte((byte)(inCode | size));
            }
            else if (size <= byte.MaxValue && code8 != NoSuchCode)
            {
                WriteBigEndian(code8, size, 1);
            }
            else
            {
                bool fits = size <= ushort.MaxValue;
                WriteBigEndian(fits ? code16 : code16 + 1, size, fits ? 2 : 4);
            }
        }

        private void WriteBigEndian(int code, long value, int bytes)
        {
            Reserve(bytes + 1);
            _buffer[Length++] = (byte)code;
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            {
                _buffer[Length++] = unchecked((byte)(value >> shift));
            }
        }

        private void WriteByte(byte value)
        {
            Reserve(1);
            _buffer[Length++] = value;
        }

        private void Reserve(int bytes)
        {
            if (_buffer.Length - Length < bytes)
            {
                Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + bytes));
            }
        }
    }
}
