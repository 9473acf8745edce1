using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace SynthVR.Client
{
    /// <summary>A TCP connection that another thread may close at any time, with TLS for wss.</summary>
    internal sealed class TcpLine
    {
        private const int SendWithin = 5000; // ms; a network that takes nothing for so long is gone

        private readonly object _lock = new object();
        private Socket _socket;
        private bool _isClosed;

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

        /// <summary>Ends it; whoever waits for it gets an exception. May be called twice.</summary>
        public void Close()
        {
            lock (_lock)
            {
                _isClosed = true;
                End(_socket);
            }
        }

        /// <summary>Closing alone does not everywhere wake up a thread that waits in a read.</summary>
        private static void End(Socket socket)
        {
            try
            {
                if (socket != null && socket.Connected)
                {
                    socket.Shutdown(SocketShutdown.Both);
                }
            }
            catch (Exception error) when (error is SocketException || error is ObjectDisposedException)
            {
                // It has ended by itself.
            }
            socket?.Close();
        }

        private Socket Connect(IPAddress[] addresses, int port)
        {
            Exception failure = new SocketFault("The server has no address.");
            foreach (IPAddress address in addresses)
            {
                Socket socket = Adopt(new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
                try
                {
                    socket.NoDelay = true;
                    socket.SendTimeout = SendWithin;
                    socket.Connect(address, port);
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

        private Socket Adopt(Socket socket)
        {
            lock (_lock)
            {
                if (_isClosed)
                {
                    socket.Close();
                    throw new SocketFault("The connection was given up.");
                }
                _socket = socket;
                return socket;
            }
        }
    }
}
