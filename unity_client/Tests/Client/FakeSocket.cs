using System;
using System.Collections.Generic;

namespace SynthVR.Client.Tests
{
    /// <summary>
    /// One websocket between a client and the fake server: frames wait at both ends until the test lets them pass.
    /// </summary>
    internal sealed class FakeSocket : ISocket
    {
        private readonly FakeServer _server;
        private readonly Queue<byte[]> _toServer = new Queue<byte[]>();
        private readonly Queue<byte[]> _toClient = new Queue<byte[]>();
        private ISocketListener _listener;

        public FakeSocket(FakeServer server)
        {
            _server = server;
        }

        /// <summary>Id of the client, once it has said hello.</summary>
        public string Client { get; set; }

        public string Subprotocol { get; private set; }

        public bool IsClosedByClient { get; private set; }

        /// <summary>Whether the client hears no more of it.</summary>
        public bool IsBroken { get; private set; }

        public int Waiting => _toServer.Count;

        public void Open(Uri address, string subprotocol, ISocketListener listener)
        {
            Subprotocol = subprotocol;
            _listener = listener;
            _server.Arrive(this);
        }

        public void Send(ArraySegment<byte> frame)
        {
            var bytes = new byte[frame.Count];
            Buffer.BlockCopy(frame.Array, frame.Offset, bytes, 0, frame.Count);
            _toServer.Enqueue(bytes);
        }

        public void Close()
        {
            IsClosedByClient = true;
        }

        public void Accept()
        {
            _listener.Opened();
        }

        /// <summary>The next frame that the client has sent; null where none waits.</summary>
        public byte[] TakeSent()
        {
            return _toServer.Count > 0 ? _toServer.Dequeue() : null;
        }

        /// <summary>Puts a frame on its way to the client.</summary>
        public void Put(byte[] frame)
        {
            _toClient.Enqueue(frame);
        }

        /// <summary>What is on its way to the client arrives.</summary>
        public void Deliver()
        {
            while (_toClient.Count > 0)
            {
                byte[] frame = _toClient.Dequeue();
                if (!IsBroken)
                {
                    _listener.Received(new ArraySegment<byte>(frame));
                }
            }
        }

        /// <summary>A frame arrives at once.</summary>
        public void Hear(ArraySegment<byte> frame)
        {
            _listener.Received(frame);
        }

        /// <summary>The client hears that it is over; nothing more reaches it.</summary>
        public void Break(int code = 0, string reason = "The network is gone.")
        {
            IsBroken = true;
            _listener.Closed(code, reason);
        }

        /// <summary>What the client has sent never arrives.</summary>
        public void LoseSent()
        {
            _toServer.Clear();
        }
    }
}
