using System;

namespace SynthVR.Client
{
    /// <summary>A server that announced itself on the local network.</summary>
    public sealed class FoundServer
    {
        internal FoundServer(string instance, string id, string name, string version, Uri address)
        {
            Instance = instance;
            Id = id;
            Name = name;
            Version = version;
            Address = address;
        }

        /// <summary>The name under which it is announced, unique on the network.</summary>
        public string Instance { get; }

        /// <summary>
        /// Stays the same when the server is started again; empty where it says none. Keep tokens under it.
        /// </summary>
        public string Id { get; }

        /// <summary>Its name for people.</summary>
        public string Name { get; }

        /// <summary>Versions of the protocol that it speaks, as it says it.</summary>
        public string Version { get; }

        /// <summary>The websocket to connect to.</summary>
        public Uri Address { get; }
    }
}
