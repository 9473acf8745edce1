using System;
using System.Net;

namespace SynthVR.Client
{
    /// <summary>The mDNS group of the local network as the browser sees it.</summary>
    public interface IMulticast
    {
        /// <summary>
        /// Joins the group. <paramref name="received"/> gets each packet (the bytes are its own to keep) with the
        /// address it came from, on any thread. Throws where there is no network.
        /// </summary>
        void Open(Action<byte[], IPAddress> received);

        /// <summary>Sends a packet to the group; what cannot be sent is lost.</summary>
        void Send(byte[] packet, int count);

        /// <summary>Leaves the group. May be called twice.</summary>
        void Close();
    }
}
