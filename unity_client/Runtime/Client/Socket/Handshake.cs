using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace SynthVR.Client
{
    /// <summary>How a websocket begins: a request and its answer in HTTP/1.1 (RFC 6455 §4).</summary>
    internal sealed class Handshake
    {
        private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        private const int LargestAnswer = 1 << 14; // bytes

        private readonly Uri _address;
        private readonly string _subprotocol;
        private readonly string _key;

        /// <summary><paramref name="nonce"/> is 16 random bytes.</summary>
        public Handshake(Uri address, string subprotocol, byte[] nonce)
        {
            _address = address;
            _subprotocol = subprotocol;
            _key = Convert.ToBase64String(nonce);
        }

        public byte[] Request()
        {
            return Encoding.ASCII.GetBytes(
                "GET " + _address.PathAndQuery + " HTTP/1.1\r\n"
                + "Host: " + _address.Authority + "\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + _key + "\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: " + _subprotocol + "\r\n\r\n");
        }

        /// <summary>Reads the answer, and not a byte more. Throws SocketFault where it is not the right one.</summary>
        public void ReadAnswer(Stream stream)
        {
            string[] lines = Encoding.UTF8.GetString(ReadHead(stream)).Split(new[] { "\r\n" }, StringSplitOptions.None);
            string[] status = lines[0].Split(new[] { ' ' }, 3);
            if (status.Length < 2 || !status[0].StartsWith("HTTP/1.", StringComparison.Ordinal))
            {
                throw new SocketFault("What answers there is no web server.");
            }
            if (status[1] != "101")
            {
                throw new SocketFault("The server answered " + lines[0].Substring(lines[0].IndexOf(' ') + 1) + ".");
            }
            Dictionary<string, string> headers = Headers(lines);
            if (Header(headers, "sec-websocket-accept") != Accept())
            {
                throw new SocketFault("The server does not speak websocket.");
            }
            if (Header(headers, "sec-websocket-protocol") != _subprotocol)
            {
                throw new SocketFault("The server does not speak " + _subprotocol + ".");
            }
        }

        /// <summary>What the server must have made of the key.</summary>
        public string Accept()
        {
            using (SHA1 sha = SHA1.Create())
            {
                return Convert.ToBase64String(sha.ComputeHash(Encoding.ASCII.GetBytes(_key + Magic)));
            }
        }

        private static byte[] ReadHead(Stream stream)
        {
            var head = new List<byte>(512);
            while (!IsWhole(head))
            {
                int next = stream.ReadByte();
                if (next < 0 || head.Count >= LargestAnswer)
                {
                    throw new SocketFault("The server hung up.");
                }
                head.Add((byte)next);
            }
            return head.ToArray();
        }

        private static bool IsWhole(List<byte> head)
        {
            int end = head.Count;
            return end >= 4 && head[end - 4] == '\r' && head[end - 3] == '\n'
                && head[end - 2] == '\r' && head[end - 1] == '\n';
        }

        private static Dictionary<string, string> Headers(string[] lines)
        {
            var headers = new Dictionary<string, string>();
            for (int index = 1; index < lines.Length; index++)
            {
                int colon = lines[index].IndexOf(':');
                if (colon > 0)
                {
                    string name = lines[index].Substring(0, colon).ToLowerInvariant();
                    headers[name] = lines[index].Substring(colon + 1).Trim();
                }
            }
            return headers;
        }

        private static string Header(Dictionary<string, string> headers, string name)
        {
            string value;
            return headers.TryGetValue(name, out value) ? value : "";
        }
    }
}
