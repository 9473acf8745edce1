using System;
using System.Collections.Generic;
using System.Net;

namespace SynthVR.Client
{
    /// <summary>What is known so far of one announced instance. Times in local seconds.</summary>
    internal sealed class AnnouncedService
    {
        private const string DefaultPath = "/socket";

        private readonly string _instance;
        private Dictionary<string, string> _texts;
        private IPAddress _sender;

        public AnnouncedService(string instance)
        {
            _instance = instance;
        }

        /// <summary>When it is forgotten, unless it is announced again.</summary>
        public double Ends { get; set; }

        /// <summary>Null before it is known.</summary>
        public string Host { get; private set; }

        public int Port { get; private set; }

        public void Take(DnsRecord record, IPAddress sender)
        {
            if (record.Type == DnsType.Service)
            {
                Host = record.Target;
                Port = record.Port;
                _sender = sender;
            }
            else if (record.Type == DnsType.Text)
            {
                _texts = record.Texts;
            }
        }

        /// <summary>
        /// The server, or null as long as something is missing. Of a host's addresses the one that its packet came
        /// from can be reached for certain; a machine announces those of all its networks.
        /// </summary>
        public FoundServer Found(List<IPAddress> addresses)
        {
            if (Host == null || addresses == null || addresses.Count == 0)
            {
                return null;
            }
            IPAddress address = addresses.Contains(_sender) ? _sender : addresses[0];
            string path = Text("path", DefaultPath);
            Uri uri;
            if (!path.StartsWith("/", StringComparison.Ordinal)
                || !Uri.TryCreate("ws://" + address + ":" + Port + path, UriKind.Absolute, out uri))
            {
                return null;
            }
            string label = DnsName.Labels(_instance)[0];
            return new FoundServer(_instance, Text("id", ""), Text("name", label), Text("version", ""), uri);
        }

        private string Text(string key, string otherwise)
        {
            string value;
            return _texts != null && _texts.TryGetValue(key, out value) && value.Length > 0 ? value : otherwise;
        }
    }
}
