using System;
using System.Threading;
using SynthVR.Client;

namespace SynthVR.EndToEnd
{
    /// <summary>A websocket that can be cut like a network: neither end gets to say goodbye.</summary>
    internal sealed class BreakableSocket : ISocket, ISocketListener
    {
        private readonly ISocket _socket;
        private ISocketListener _listener;
        private int _isEnded;

        public BreakableSocket(ISocket socket)
        {
            _socket = socket;
        }

        public ManualResetEvent Ended { get; } = new ManualResetEvent(false);

        /// <summary>Sees every frame that comes, on the socket's thread; may be null.</summary>
        public Action<ArraySegment<byte>> Seen { get; set; }

        public void Open(Uri address, string subprotocol, ISocketListener listener)
        {
            _listener = listener;
            _socket.Open(address, subprotocol, this);
        }

        public void Send(ArraySegment<byte> frame)
        {
            if (_isEnded == 0)
            {
                _socket.Send(frame);
            }
        }

        public void Close()
        {
            _socket.Close();
        }

        /// <summary>From now on nothing passes.</summary>
        public void Cut()
        {
            if (Interlocked.Exchange(ref _isEnded, 1) == 0)
            {
                _listener.Closed(0, "Cut.");
                _socket.Close();
            }
        }

        public void Opened()
        {
            _listener.Opened();
        }

        public void Received(ArraySegment<byte> frame)
        {
            if (_isEnded == 0)
            {
                Seen?.Invoke(frame);
                _listener.Received(frame);
            }
        }

        public void Closed(int code, string reason)
        {
            Ended.Set();
            if (Interlocked.Exchange(ref _isEnded, 1) == 0)
            {
                _listener.Closed(code, reason);
            }
        }
    }
}
