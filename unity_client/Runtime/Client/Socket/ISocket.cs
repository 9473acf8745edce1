using System;

namespace SynthVR.Client
{
    /// <summary>
    /// One websocket, opened once and closed once. The connection knows nothing else of the network: tests bring a
    /// fake, and a platform whose own websocket is better can bring that. No method waits, none throws.
    /// </summary>
    public interface ISocket
    {
        /// <summary>Begins to connect with that subprotocol; what becomes of it is told to the listener.</summary>
        void Open(Uri address, string subprotocol, ISocketListener listener);

        /// <summary>Sends one binary frame after those before it; its bytes are copied. One thread at a time.</summary>
        void Send(ArraySegment<byte> frame);

        /// <summary>Sends what still waits, then says goodbye. May be called twice, and before it is open.</summary>
        void Close();
    }
}
