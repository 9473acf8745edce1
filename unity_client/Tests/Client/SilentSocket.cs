using System;

namespace SynthVR.Client.Tests
{
    /// <summary>Swallows what is sent, and counts it.</summary>
    internal sealed class SilentSocket : ISocket
    {
        public int Frames { get; private set; }

        public void Open(Uri address, string subprotocol, ISocketListener listener)
        {
        }

        public void Send(ArraySegment<byte> frame)
        {
            Frames++;
        }

        public void Close()
        {
        }
    }
}
