using System;
using System.IO;

namespace SynthVR.Client
{
    /// <summary>
    /// Writes websocket frames as a client does, masked (RFC 6455 §5.3), each in one piece: two would wait for each
    /// other on their way. Allocates nothing after the first few. One thread.
    /// </summary>
    internal sealed class FrameWriter
    {
        private const int LongestHeader = 14;
        private const byte Last = 0x80;
        private const byte Masked = 0x80;

        private readonly Stream _stream;
        private byte[] _buffer = new byte[1024];
        private uint _random;

        /// <summary><paramref name="seed"/> is random; masks need not be secret, only different.</summary>
        public FrameWriter(Stream stream, uint seed)
        {
            _stream = stream;
            _random = seed | 1;
        }

        public void Write(Opcode opcode, ArraySegment<byte> payload)
        {
            if (_buffer.Length < payload.Count + LongestHeader)
            {
                _buffer = new byte[Math.Max(payload.Count + LongestHeader, 2 * _buffer.Length)];
            }
            int at = WriteHeader(opcode, payload.Count);
            uint mask = NextMask();
            for (int index = 0; index < 4; index++)
            {
                _buffer[at++] = (byte)(mask >> 8 * index);
            }
            for (int index = 0; index < payload.Count; index++)
            {
                _buffer[at++] = (byte)(payload.Array[payload.Offset + index] ^ mask >> 8 * (index & 3));
            }
            _stream.Write(_buffer, 0, at);
        }

        private int WriteHeader(Opcode opcode, int count)
        {
            _buffer[0] = (byte)(Last | (int)opcode);
            if (count < 126)
            {
                _buffer[1] = (byte)(Masked | count);
                return 2;
            }
            int bytes = count <= ushort.MaxValue ? 2 : 8;
            _buffer[1] = (byte)(Masked | (bytes == 2 ? 126 : 127));
            for (int index = 0; index < bytes; index++)
            {
                _buffer[2 + index] = (byte)((ulong)count >> 8 * (bytes - 1 - index));
            }
            return 2 + bytes;
        }

        /// <summary>Marsaglia's xorshift (2003).</summary>
        private uint NextMask()
        {
            _random ^= _random << 13;
            _random ^= _random >> 17;
            _random ^= _random << 5;
            return _random;
        }
    }
}
