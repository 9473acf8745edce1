using System.Collections.Generic;
using System.Net;
using System.Text;

namespace SynthVR.Client.Tests
{
    /// <summary>Builds mDNS answers byte by byte.</summary>
    internal sealed class AnswerPacket
    {
        private readonly List<byte> _bytes = new List<byte> { 0, 0, 0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0 };

        public int Length
        {
            get { return _bytes.Count; }
        }

        /// <summary>All that a server says of itself, without compression.</summary>
        public static byte[] OfServer(
            string instance = "studio", string host = "studio.local", string address = "192.168.1.20", uint life = 120)
        {
            string full = instance + "." + ServerBrowser.Service;
            return new AnswerPacket()
                .Pointer(ServerBrowser.Service, full, life)
                .Service(full, host, 7340, life)
                .Text(full, life, "version=1", "path=/socket", "name=Studio PC", "id=0123abcd")
                .Address(host, address, life)
                .Bytes();
        }

        public byte[] Bytes()
        {
            return _bytes.ToArray();
        }

        public AnswerPacket Pointer(string name, string target, uint life)
        {
            return Record(Name(name), DnsType.Pointer, life, Name(target));
        }

        public AnswerPacket Service(string name, string host, int port, uint life)
        {
            var data = new List<byte> { 0, 0, 0, 0, (byte)(port >> 8), (byte)port };
            data.AddRange(Name(host));
            return Record(Name(name), DnsType.Service, life, data);
        }

        public AnswerPacket Text(string name, uint life, params string[] texts)
        {
            var data = new List<byte>();
            foreach (string text in texts)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                data.Add((byte)bytes.Length);
                data.AddRange(bytes);
            }
            return Record(Name(name), DnsType.Text, life, data);
        }

        public AnswerPacket Address(string name, string address, uint life)
        {
            return Record(Name(name), DnsType.Address, life, IPAddress.Parse(address).GetAddressBytes());
        }

        public AnswerPacket Record(IEnumerable<byte> name, DnsType type, uint life, IEnumerable<byte> data)
        {
            var bytes = new List<byte>(data);
            _bytes.AddRange(name);
            _bytes.AddRange(new byte[] { 0, (byte)type, 0x80, 1 });
            _bytes.AddRange(new[] { (byte)(life >> 24), (byte)(life >> 16), (byte)(life >> 8), (byte)life });
            _bytes.AddRange(new[] { (byte)(bytes.Count >> 8), (byte)bytes.Count });
            _bytes.AddRange(bytes);
            _bytes[7]++;
            return this;
        }

        public static List<byte> Name(string name)
        {
            var bytes = new List<byte>();
            foreach (string label in DnsName.Labels(name))
            {
                byte[] text = Encoding.UTF8.GetBytes(label);
                bytes.Add((byte)text.Length);
                bytes.AddRange(text);
            }
            bytes.Add(0);
            return bytes;
        }
    }
}
