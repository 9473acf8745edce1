using System;

namespace SynthVR.Client
{
    /// <summary>Hears from a socket, on the socket's own threads, one call at a time.</summary>
    public interface ISocketListener
    {
        /// <summary>The websocket stands.</summary>
        void Opened();

        /// <summary>One whole binary frame; its bytes are valid until the call returns.</summary>
        void Received(ArraySegment<byte> frame);

        /// <summary>
        /// It could not be opened, or has ended: the last call. <paramref name="code"/> is that of the close frame, 0
        /// where there was none; <paramref name="reason"/> is for people.
        /// </summary>
        void Closed(int code, string reason);
    }
}
