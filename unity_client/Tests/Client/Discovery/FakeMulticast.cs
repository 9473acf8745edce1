using System;
using System.Collections.Generic;
using System.Net;

namespace SynthVR.Client.Tests
{
    /// <summary>A network on which the test is everybody else.</summary>
    internal sealed class FakeMulticast : IMulticast
    {
        private Action<byte[], IPAddress> _received;

        public readonly List<byte[]> Sent = new List<byte[]>();

        public bool IsOpen { get; private set; }

        public bool IsMissing { get; set; }

        public void Open(Action<byte[], IPAddress> received)
        {
            if (IsMissing)
            {
                throw new InvalidOperationException("There is no network.");
            }
            IsOpen = true;
            _received = received;
        }

        public void Send(byte[] packet, int count)
        {
            var sent = new byte[count];
            Array.Copy(packet, sent, count);
            Sent.Add(sent);
        }

        public void Close()
        {
            IsOpen = false;
        }

        public void Deliver(byte[] packet, string sender = "192.168.1.20")
        {
            _received(packet, IPAddress.Parse(sender));
        }
    }
}
