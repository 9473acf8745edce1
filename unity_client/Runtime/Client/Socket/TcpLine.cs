using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace SynthVR.Client
{
    /// <summary>
    /// A TCP connection, with TLS for wss. One thread connects, reads and disposes it; any thread may end it at any
    /// time, without waiting: closing a socket in which another thread waits takes up to a second on some systems, and
    /// on Android does not wake the other at all. So the socket is closed by the thread that reads it, and by no other.
    /// </summary>
    internal sealed class TcpLine : IDisposable
    {
        private const int SendWithin = 5000; // ms; a network that takes nothing for so long is gone
        private const int LookEvery = 100; // ms, while it connects

        private readonly object _lock = new object();
        private readonly Func<AddressFamily, Socket> _sockets;
        private Socket _socket;
        private bool _isEnded;

        /// <summary><paramref name="sockets"/> makes TCP sockets.</summary>
        public TcpLine(Func<AddressFamily, Socket> sockets)
        {
            _sockets = sockets;
        }

        /// <summary>Connects to the first of the host's addresses that answers. Throws where none does.</summary>
        public Stream Connect(Uri address)
        {
            bool isSecure = address.Scheme == "wss";
            int port = address.Port > 0 ? address.Port : isSecure ? 443 : 80;
            Socket socket = Connect(Dns.GetHostAddresses(address.DnsSafeHost), port);
            var stream = new NetworkStream(socket, false);
            if (!isSecure)
            {
                return stream;
            }
            var secure = new SslStream(stream, false);
            secure.AuthenticateAsClient(address.DnsSafeHost);
            return secure;
        }

        /// <summary>
        /// Ends it; whoever waits for it gets an exception or the end of the stream. Does not wait. May be called
        /// twice, and before it connects.
        /// </summary>
        public void End()
        {
            lock (_lock)
            {
                _isEnded = true;
                try
                {
                    _socket?.Shutdown(SocketShutdown.Both); // wakes up who reads or writes; nobody reads before it stands
                }
                catch (Exception error) when (error is SocketException || error is ObjectDisposedException)
                {
                    // It does not stand yet, and whoever connects it looks; or it has ended by itself.
                }
            }
        }

        /// <summary>Closes the socket. For the thread that connected it, which waits in it no more.</summary>
        public void Dispose()
        {
            Socket socket;
            lock (_lock)
            {
                _isEnded = true;
                socket = _socket;
                _socket = null;
            }
            socket?.Close(); // outside the lock: who ends the line must not wait for this
        }

        private Socket Connect(IPAddress[] addresses, int port)
        {
            Exception failure = new SocketFault("The server has no address.");
            foreach (IPAddress address in addresses)
            {
                Socket socket = Adopt(_sockets(address.AddressFamily));
                try
                {
                    socket.NoDelay = true;
                    socket.SendTimeout = SendWithin;
                    Connect(socket, address, port);
                    return socket;
                }
                catch (SocketException error)
                {
                    failure = error;
                    socket.Close();
                }
            }
            throw failure;
        }

        /// <summary>Looks now and then whether the line has been ended: nothing wakes up a connect.</summary>
        private void Connect(Socket socket, IPAddress address, int port)
        {
            IAsyncResult begun = socket.BeginConnect(address, port, null, null);
            while (!begun.AsyncWaitHandle.WaitOne(LookEvery))
            {
                ThrowIfEnded();
            }
            socket.EndConnect(begun);
            ThrowIfEnded();
        }

        private void ThrowIfEnded()
        {
            lock (_lock)
            {
                if (_isEnded)
                {
                    throw new SocketFault("The connection was given up.");
                }
            }
        }

        private Socket Adopt(Socket socket)
        {
            lock (_lock)
            {
                if (!_isEnded)
                {
                    _socket = socket;
                    return socket;
                }
            }
            socket.Close();
            throw new SocketFault("The connection was given up.");
        }
    }
}
