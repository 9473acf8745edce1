using System.Collections.Generic;
using System.Net;

namespace SynthVR.Client
{
    /// <summary>One record of an mDNS answer; only the fields of its type are set.</summary>
    internal sealed class DnsRecord
    {
        public string Name;
        public DnsType Type;

        /// <summary>Seconds it stays true; 0 takes it back.</summary>
        public uint LifeSeconds;

        /// <summary>Of a pointer: the instance. Of a service: the host.</summary>
        public string Target;

        /// <summary>Of a service.</summary>
        public int Port;

        /// <summary>Of a text: its keys (lower case) and values.</summary>
        public Dictionary<string, string> Texts;

        /// <summary>Of an address: IPv4.</summary>
        public IPAddress Address;
    }
}
