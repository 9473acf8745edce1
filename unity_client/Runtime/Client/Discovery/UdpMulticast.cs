using System;
using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;

namespace SynthVR.Client
{
    /// <summary>
    /// The mDNS group 224.0.0.251:5353 on every IPv4 network of this machine. Where port 5353 is taken it asks from
    /// another port: then answers come to it alone (RFC 6762 §6.7).
    /// </summary>
    public sealed class UdpMulticast : IMulticast
    {
        private const int Port = 5353;
        private const int LargestPacket = 9000;

        private static readonly IPAddress Group = IPAddress.Parse("224.0.0.251");

        private readonly IPEndPoint _everybody = new IPEndPoint(Group, Port);
        private Socket _socket;
        private List<IPAddress> _interfaces = new List<IPAddress>();

        /// <inheritdoc/>
        public void Open(Action<byte[], IPAddress> received)
        {
            Close();
            _interfaces = Interfaces();
            Socket socket = Bound();
            foreach (IPAddress address in _interfaces)
            {
                Join(socket, address);
            }
            _socket = socket;
            var thread = new Thread(() => Listen(socket, received)) { IsBackground = true, Name = "SynthVR mDNS" };
            thread.Start();
        }

        /// <inheritdoc/>
        public void Send(byte[] packet, int count)
        {
            foreach (IPAddress address in _interfaces)
            {
                try
                {
                    _socket?.SetSocketOption(
                        SocketOptionLevel.IP, SocketOptionName.MulticastInterface, address.GetAddressBytes());
                    _socket?.SendTo(packet, 0, count, SocketFlags.None, _everybody);
                }
                catch (SocketException)
                {
                    // This network is gone or has no multicast; the others are asked all the same.
                }
            }
        }

        /// <inheritdoc/>
        public void Close()
        {
            _socket?.Close();
            _socket = null;
        }

        private static Socket Bound()
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                socket.Bind(new IPEndPoint(IPAddress.Any, Port));
            }
            catch (SocketException)
            {
                socket.Close();
                socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(new IPEndPoint(IPAddress.Any, 0));
            }
            return socket;
        }

        private static void Join(Socket socket, IPAddress address)
        {
            try
            {
                socket.SetSocketOption(
                    SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Group, address));
            }
            catch (SocketException)
            {
                // A network without multicast: nobody will be found there.
            }
        }

        private static List<IPAddress> Interfaces()
        {
            var found = new List<IPAddress>();
            try
            {
                foreach (NetworkInterface one in NetworkInterface.GetAllNetworkInterfaces())
                {
                    if (one.OperationalStatus == OperationalStatus.Down)
                    {
                        continue; // Linux says Unknown of the loopback
                    }
                    foreach (UnicastIPAddressInformation unicast in one.GetIPProperties().UnicastAddresses)
                    {
                        if (unicast.Address.AddressFamily == AddressFamily.InterNetwork)
                        {
                            found.Add(unicast.Address);
                        }
                    }
                }
            }
            catch (Exception error) when (error is NetworkInformationException || error is NotSupportedException)
            {
                found.Clear();
            }
            if (found.Count == 0)
            {
                found.Add(IPAddress.Any); // the system chooses
            }
            return found;
        }

        private static void Listen(Socket socket, Action<byte[], IPAddress> received)
        {
            var buffer = new byte[LargestPacket];
            while (true)
            {
                EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
                try
                {
                    int count = socket.ReceiveFrom(buffer, ref sender);
                    var packet = new byte[count];
                    Array.Copy(buffer, packet, count);
                    received(packet, ((IPEndPoint)sender).Address);
                }
                catch (ObjectDisposedException)
                {
                    return;
                }
                catch (SocketException error)
                {
                    if (error.SocketErrorCode != SocketError.MessageSize
                        && error.SocketErrorCode != SocketError.ConnectionReset)
                    {
                        return; // closed, or the network is gone
                    }
                }
            }
        }
    }
}
