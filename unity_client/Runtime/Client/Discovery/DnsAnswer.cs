using System;
using System.Collections.Generic;
using System.Net;
using System.Text;

namespace SynthVR.Client
{
    /// <summary>
    /// Reads the records of an mDNS answer. Anybody on the network can send one: every length is checked, compressed
    /// names only ever point backwards, and what makes no sense ends the reading without an exception.
    /// </summary>
    internal sealed class DnsAnswer
    {
        private const int HeaderBytes = 12;
        private const int Response = 0x80; // in the first byte of the flags
        private const int MostRecords = 256;
        private const int MostNameBytes = 255;
        private const int Pointer = 0xC0; // the two highest bits of a length

        private readonly byte[] _packet;
        private readonly int _count;
        private int _at;

        private DnsAnswer(byte[] packet, int count)
        {
            _packet = packet;
            _count = count;
        }

        /// <summary>The records of the first <paramref name="count"/> bytes, as far as they can be read.</summary>
        public static List<DnsRecord> Read(byte[] packet, int count)
        {
            var records = new List<DnsRecord>();
            if (count >= HeaderBytes && count <= packet.Length && (packet[2] & Response) != 0)
            {
                new DnsAnswer(packet, count).Fill(records);
            }
            return records;
        }

        private void Fill(List<DnsRecord> records)
        {
            int questions = At16(4);
            int answers = Math.Min(MostRecords, At16(6) + At16(8) + At16(10));
            _at = HeaderBytes;
            for (int question = 0; question < questions; question++)
            {
                if (!TryName(ref _at, out string _) || !TrySkip(4))
                {
                    return;
                }
            }
            for (int answer = 0; answer < answers; answer++)
            {
                if (!TryRecord(out DnsRecord record))
                {
                    return;
                }
                if (record != null)
                {
                    records.Add(record);
                }
            }
        }

        /// <summary>True with null for a record of a type that is not looked at.</summary>
        private bool TryRecord(out DnsRecord record)
        {
            record = null;
            if (!TryName(ref _at, out string name) || _at + 10 > _count)
            {
                return false;
            }
            var read = new DnsRecord { Name = name, Type = (DnsType)At16(_at), LifeSeconds = At32(_at + 4) };
            int start = _at + 10;
            int length = At16(_at + 8);
            if (start + length > _count)
            {
                return false;
            }
            _at = start + length;
            if (TryData(read, start, length))
            {
                record = read;
            }
            return true;
        }

        private bool TryData(DnsRecord record, int start, int length)
        {
            switch (record.Type)
            {
                case DnsType.Pointer:
                    return TryName(ref start, out record.Target);
                case DnsType.Service:
                    record.Port = length > 6 ? At16(start + 4) : 0;
                    start += 6;
                    return record.Port != 0 && TryName(ref start, out record.Target);
                case DnsType.Text:
                    record.Texts = Texts(start, start + length);
                    return true;
                case DnsType.Address:
                    record.Address = length == 4 ? new IPAddress(Bytes(start, 4)) : null;
                    return length == 4;
                default:
                    return false;
            }
        }

        private Dictionary<string, string> Texts(int at, int end)
        {
            var texts = new Dictionary<string, string>();
            while (at < end)
            {
                int length = _packet[at++];
                if (length > end - at)
                {
                    break;
                }
                string text = Encoding.UTF8.GetString(_packet, at, length);
                int equals = text.IndexOf('=');
                string key = equals < 0 ? text : text.Substring(0, equals);
                if (!texts.ContainsKey(key.ToLowerInvariant())) // the first one counts: RFC 6763 §6.4
                {
                    texts[key.ToLowerInvariant()] = equals < 0 ? "" : text.Substring(equals + 1);
                }
                at += length;
            }
            return texts;
        }

        private bool TryName(ref int at, out string name)
        {
            name = null;
            var text = new StringBuilder();
            int read = at;
            int end = -1; // behind the first pointer
            int bytes = 0;
            while (read < _count)
            {
                int length = _packet[read];
                if (length == 0)
                {
                    at = end < 0 ? read + 1 : end;
                    name = text.ToString();
                    return true;
                }
                if ((length & Pointer) == Pointer)
                {
                    int target = read + 1 < _count ? At16(read) & 0x3FFF : _count;
                    if (target >= read)
                    {
                        return false; // only backwards: it cannot go round in circles
                    }
                    end = end < 0 ? read + 2 : end;
                    read = target;
                    bytes += 1; // and a chain of pointers ends, too
                }
                else if ((length & Pointer) != 0 || read + 1 + length > _count)
                {
                    return false;
                }
                else
                {
                    DnsName.Append(text, Encoding.UTF8.GetString(_packet, read + 1, length));
                    read += length + 1;
                    bytes += length + 1;
                }
                if (bytes > MostNameBytes)
                {
                    return false;
                }
            }
            return false;
        }

        private bool TrySkip(int bytes)
        {
            _at += bytes;
            return _at <= _count;
        }

        private byte[] Bytes(int at, int count)
        {
            var bytes = new byte[count];
            Array.Copy(_packet, at, bytes, 0, count);
            return bytes;
        }

        private int At16(int at)
        {
            return _packet[at] << 8 | _packet[at + 1];
        }

        private uint At32(int at)
        {
            return (uint)At16(at) << 16 | (uint)At16(at + 2);
        }
    }
}
