namespace SynthVR.Protocol
{
    /// <summary>
    /// What a client may say. All are structs: a method that takes one as <c>T : struct, IClientMessage</c> and writes
    /// it at once allocates nothing.
    /// </summary>
    public interface IClientMessage
    {
        /// <summary>Writes the message as it goes over the wire.</summary>
        void Write(MessagePackWriter writer);
    }
}
