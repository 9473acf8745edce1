using System;
using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SynthVR.Client
{
    /// <summary>
    /// The mDNS group 224.0.0.251:5353 on every IPv4 network of this machine. Where port 5353 is taken it asks from
    /// another port: then answers come to it alone (RFC 6762 §6.7).
    /// </summary>
    public sealed class UdpMulticast : IMulticast
    {
        private const int Port = 5353;

        private static readonly IPAddress Group = IPAddress.Parse("224.0.0.251");

        private readonly IPEndPoint _everybody = new IPEndPoint(Group, Port);
        private readonly Func<Socket> _sockets;
        private Hearing _hearing;
        private List<IPAddress> _interfaces = new List<IPAddress>();

        /// <summary>Of this machine's networks.</summary>
        public UdpMulticast()
            : this(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
        }

        /// <summary><paramref name="sockets"/> makes the UDP socket it hears with.</summary>
        internal UdpMulticast(Func<Socket> sockets)
        {
            _sockets = sockets;
        }

        /// <inheritdoc/>
        public void Open(Action<byte[], IPAddress> received)
        {
            Close();
            _interfaces = Interfaces(NetworkInterface.GetAllNetworkInterfaces);
            Socket socket = Bound();
            foreach (IPAddress address in _interfaces)
            {
                Join(socket, address);
            }
            _hearing = new Hearing(socket, received);
        }

        /// <inheritdoc/>
        public void Send(byte[] packet, int count)
        {
            foreach (IPAddress address in _interfaces)
            {
                try
                {
                    _hearing?.Socket.SetSocketOption(
                        SocketOptionLevel.IP, SocketOptionName.MulticastInterface, address.GetAddressBytes());
                    _hearing?.Socket.SendTo(packet, 0, count, SocketFlags.None, _everybody);
                }
                catch (Exception error) when (error is SocketException || error is ObjectDisposedException)
                {
                    // This network is gone or has no multicast; the others are asked all the same.
                }
            }
        }

        /// <inheritdoc/>
        public void Close()
        {
            _hearing?.End();
            _hearing = null;
        }

        /// <summary>
        /// The IPv4 addresses of the networks that <paramref name="networks"/> lists; where it cannot, as on some
        /// Android devices, the system chooses the network. What it throws there is of no one kind.
        /// </summary>
        internal static List<IPAddress> Interfaces(Func<NetworkInterface[]> networks)
        {
            var found = new List<IPAddress>();
            try
            {
                foreach (NetworkInterface one in networks())
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
            catch (Exception)
            {
                found.Clear(); // half of the networks may be the wrong half
            }
            if (found.Count == 0)
            {
                found.Add(IPAddress.Any);
            }
            return found;
        }

        private Socket Bound()
        {
            Socket socket = _sockets();
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                socket.Bind(new IPEndPoint(IPAddress.Any, Port));
            }
            catch (SocketException)
            {
                socket.Close();
                socket = _sockets();
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
    }
}
