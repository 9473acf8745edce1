using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace SynthVR.Client
{
    /// <summary>
    /// The thread that hears a UDP socket, and closes it. Nobody else may: closing a socket in which another thread
    /// waits takes up to a second on some systems, and on Android does not wake that thread up.
    /// </summary>
    internal sealed class Hearing
    {
        private const int LargestPacket = 9000;
        private const int LookEvery = 250000; // µs: so long a socket lives on after its end

        private readonly Action<byte[], IPAddress> _received;
        private volatile bool _isEnded;

        /// <summary>Begins. <paramref name="received"/> gets each packet, which is its own to keep.</summary>
        public Hearing(Socket socket, Action<byte[], IPAddress> received)
        {
            Socket = socket;
            _received = received;
            new Thread(Hear) { IsBackground = true, Name = "SynthVR mDNS" }.Start();
        }

        /// <summary>For sending; it may be closed already.</summary>
        public Socket Socket { get; }

        /// <summary>Nothing more is heard after this, but what is being told already. Does not wait.</summary>
        public void End()
        {
            _isEnded = true;
        }

        private void Hear()
        {
            var buffer = new byte[LargestPacket];
            try
            {
                while (!_isEnded)
                {
                    if (Socket.Poll(LookEvery, SelectMode.SelectRead) && !_isEnded)
                    {
                        Take(buffer);
                    }
                }
            }
            catch (Exception error) when (error is SocketException || error is ObjectDisposedException)
            {
                // The network is gone.
            }
            Socket.Close();
        }

        private void Take(byte[] buffer)
        {
            EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
            int count;
            try
            {
                count = Socket.ReceiveFrom(buffer, ref sender);
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.MessageSize
                || error.SocketErrorCode == SocketError.ConnectionReset)
            {
                return; // one packet that cannot be read; the next can
            }
            var packet = new byte[count];
            Array.Copy(buffer, packet, count);
            _received(packet, ((IPEndPoint)sender).Address);
        }
    }
}
