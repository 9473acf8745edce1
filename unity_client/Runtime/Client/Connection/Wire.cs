using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Where messages leave: written into one buffer and handed to the socket, which copies them. Main thread;
    /// allocates nothing.
    /// </summary>
    internal sealed class Wire
    {
        private readonly MessagePackWriter _writer = new MessagePackWriter(1024);
        private ISocket _socket;

        /// <summary>Whether the server has said welcome.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>Messages go to this socket; null closes the wire.</summary>
        public void Attach(ISocket socket, bool isOpen)
        {
            _socket = socket;
            IsOpen = isOpen && socket != null;
        }

        /// <summary>False where there is no connection.</summary>
        public bool Send<T>(T message)
            where T : struct, IClientMessage
        {
            if (!IsOpen)
            {
                return false;
            }
            SendNow(message);
            return true;
        }

        /// <summary>Sends a frame that was written before. False where there is no connection.</summary>
        public bool Send(byte[] frame)
        {
            if (IsOpen)
            {
                _socket.Send(new ArraySegment<byte>(frame));
            }
            return IsOpen;
        }

        /// <summary>Hello goes out before there is a welcome.</summary>
        public void SendNow<T>(T message)
            where T : struct, IClientMessage
        {
            _writer.Clear();
            message.Write(_writer);
            _socket?.Send(_writer.Written);
        }

        /// <summary>The frame of a message, to be sent later or more than once.</summary>
        public byte[] Frame<T>(T message)
            where T : struct, IClientMessage
        {
            _writer.Clear();
            message.Write(_writer);
            var frame = new byte[_writer.Length];
            Buffer.BlockCopy(_writer.Written.Array, 0, frame, 0, frame.Length);
            return frame;
        }
    }
}
