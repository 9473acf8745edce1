using System;
using System.IO;

namespace SynthVR.Client
{
    /// <summary>
    /// Reads websocket frames as a client does (RFC 6455 §5). Allocates nothing once its buffer is as large as the
    /// largest message; a size is believed only as far as there are bytes. One thread.
    /// </summary>
    internal sealed class FrameReader
    {
        private const int LargestMessage = 64 << 20; // bytes: a welcome with a whole patch
        private const int LargestControl = 125;
        private const byte Last = 0x80;
        private const byte Reserved = 0x70;
        private const byte Masked = 0x80;

        private readonly Stream _stream;
        private readonly byte[] _control = new byte[LargestControl];
        private readonly byte[] _read = new byte[1 << 16];
        private byte[] _message = new byte[1 << 14];
        private int _readAt;
        private int _readEnd;

        /// <summary>
        /// Bytes of the message whose parts are being read, and what it is; Continuation where there is none.
        /// </summary>
        private int _count;
        private Opcode _kind;

        public FrameReader(Stream stream)
        {
            _stream = stream;
        }

        /// <summary>
        /// The next control frame or whole message; its bytes are valid until the next call. Throws SocketFault where
        /// the bytes are no frame, or the server is gone.
        /// </summary>
        public ArraySegment<byte> Read(out Opcode opcode)
        {
            while (true)
            {
                byte first = NextByte();
                opcode = (Opcode)(first & 0x0F);
                int count = ReadCount();
                if ((first & Reserved) != 0 || opcode > Opcode.Pong
                    || (opcode > Opcode.Binary && opcode < Opcode.Close))
                {
                    throw new SocketFault("The server sent a frame of no kind that there is.");
                }
                if (opcode >= Opcode.Close)
                {
                    return ReadControl(count, (first & Last) != 0);
                }
                Append(opcode, count);
                if ((first & Last) != 0)
                {
                    opcode = _kind;
                    _kind = Opcode.Continuation;
                    return new ArraySegment<byte>(_message, 0, _count);
                }
            }
        }

        private int ReadCount()
        {
            byte second = NextByte();
            if ((second & Masked) != 0)
            {
                throw new SocketFault("The server sent a frame with a mask.");
            }
            if (second < 126)
            {
                return second;
            }
            ulong count = 0;
            for (int left = second == 126 ? 2 : 8; left > 0; left--)
            {
                count = count << 8 | NextByte();
            }
            if (count > LargestMessage)
            {
                throw new SocketFault("The server sent more than a message may hold.");
            }
            return (int)count;
        }

        private ArraySegment<byte> ReadControl(int count, bool isLast)
        {
            if (count > LargestControl || !isLast)
            {
                throw new SocketFault("The server sent a control frame that is too long.");
            }
            for (int index = 0; index < count; index++)
            {
                _control[index] = NextByte();
            }
            return new ArraySegment<byte>(_control, 0, count);
        }

        private void Append(Opcode opcode, int count)
        {
            if ((opcode == Opcode.Continuation) != (_kind != Opcode.Continuation))
            {
                throw new SocketFault("The server sent the parts of a message out of order.");
            }
            if (opcode != Opcode.Continuation)
            {
                _kind = opcode;
                _count = 0;
            }
            if (count > LargestMessage - _count)
            {
                throw new SocketFault("The server sent more than a message may hold.");
            }
            while (count > 0)
            {
                if (_readAt == _readEnd)
                {
                    Fill();
                }
                int part = Math.Min(count, _readEnd - _readAt);
                Reserve(part);
                Buffer.BlockCopy(_read, _readAt, _message, _count, part);
                _readAt += part;
                _count += part;
                count -= part;
            }
        }

        private void Reserve(int count)
        {
            if (_message.Length - _count < count)
            {
                Array.Resize(ref _message, Math.Max(2 * _message.Length, _count + count));
            }
        }

        private byte NextByte()
        {
            if (_readAt == _readEnd)
            {
                Fill();
            }
            return _read[_readAt++];
        }

        private void Fill()
        {
            _readAt = 0;
            _readEnd = _stream.Read(_read, 0, _read.Length);
            if (_readEnd <= 0)
            {
                _readEnd = 0;
                throw new SocketFault("The server hung up.");
            }
        }
    }
}
