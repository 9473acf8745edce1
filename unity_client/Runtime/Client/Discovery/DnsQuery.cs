using System;
using System.Text;

namespace SynthVR.Client
{
    /// <summary>An mDNS question with any number of names (RFC 6762): built in a buffer of one packet.</summary>
    internal sealed class DnsQuery
    {
        private const int HeaderBytes = 12;
        private const int MostLabelBytes = 63;
        private const int MostNameBytes = 255;
        private const int Internet = 1;

        private readonly byte[] _packet = new byte[1400]; // fits an Ethernet frame

        public byte[] Packet
        {
            get { return _packet; }
        }

        public int Count { get; private set; } = HeaderBytes;

        /// <summary>How many names are asked for.</summary>
        public int Questions
        {
            get { return _packet[4] << 8 | _packet[5]; }
        }

        public void Clear()
        {
            Array.Clear(_packet, 0, HeaderBytes);
            Count = HeaderBytes;
        }

        /// <summary>Adds a question; false where the packet is full or the name is none.</summary>
        public bool Ask(string name, DnsType type)
        {
            int at = Count;
            int questions = Questions + 1;
            if (!TryWrite(name, ref at) || at + 4 > _packet.Length)
            {
                return false;
            }
            Put16(ref at, (int)type);
            Put16(ref at, Internet);
            Count = at;
            at = 4;
            Put16(ref at, questions);
            return true;
        }

        private bool TryWrite(string name, ref int at)
        {
            int start = at;
            foreach (string label in DnsName.Labels(name))
            {
                int bytes = Encoding.UTF8.GetByteCount(label);
                if (bytes == 0 || bytes > MostLabelBytes || at + bytes + 2 > _packet.Length)
                {
                    return false;
                }
                _packet[at] = (byte)bytes;
                Encoding.UTF8.GetBytes(label, 0, label.Length, _packet, at + 1);
                at += bytes + 1;
            }
            if (at + 1 > _packet.Length)
            {
                return false;
            }
            _packet[at++] = 0;
            return at - start <= MostNameBytes;
        }

        private void Put16(ref int at, int value)
        {
            _packet[at++] = (byte)(value >> 8);
            _packet[at++] = (byte)value;
        }
    }
}
