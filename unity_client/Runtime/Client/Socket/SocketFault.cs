using System;

namespace SynthVR.Client
{
    /// <summary>What the other end says is no websocket. The message is for people.</summary>
    internal sealed class SocketFault : Exception
    {
        public SocketFault(string sentence)
            : base(sentence)
        {
        }
    }
}
