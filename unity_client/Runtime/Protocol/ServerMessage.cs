namespace SynthVR.Protocol
{
    /// <summary>What the server says: switch on <see cref="Type"/> and cast to the class of the same name.</summary>
    public abstract class ServerMessage
    {
        internal ServerMessage()
        {
        }

        /// <summary>Which message it is.</summary>
        public abstract ServerMessageType Type { get; }

        /// <summary>Writes the message as it goes over the wire.</summary>
        public abstract void Write(MessagePackWriter writer);

        /// <summary>Takes over the <paramref name="fields"/> that follow. Throws ProtocolException.</summary>
        internal abstract void Fill(ref MessagePackReader reader, int fields);
    }
}
