using System;

namespace SynthVR.Client
{
    /// <summary>The address of a server as people type it: what they leave out is what every server has.</summary>
    public static class ServerAddress
    {
        /// <summary>Where a server listens that was not told otherwise.</summary>
        public const int DefaultPort = 7340;

        private const string DefaultPath = "/socket";

        /// <summary>
        /// Reads an address such as <c>192.168.1.20</c>, <c>studio.local:7000</c> or <c>ws://host:7340/socket</c>;
        /// false where it is none.
        /// </summary>
        public static bool TryParse(string typed, out Uri address)
        {
            string text = (typed ?? "").Trim();
            if (text.IndexOf("://", StringComparison.Ordinal) < 0)
            {
                text = "ws://" + text;
            }
            bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out address)
                && (address.Scheme == "ws" || address.Scheme == "wss") && address.Host.Length > 0;
            if (!isAddress)
            {
                address = null;
                return false;
            }
            var completed = new UriBuilder(address);
            if (address.Scheme == "ws" && (address.IsDefaultPort || address.Port <= 0))
            {
                completed.Port = DefaultPort;
            }
            if (address.AbsolutePath.Length <= 1)
            {
                completed.Path = DefaultPath;
            }
            address = completed.Uri;
            return true;
        }
    }
}
