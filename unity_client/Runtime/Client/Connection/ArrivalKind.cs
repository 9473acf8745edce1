namespace SynthVR.Client
{
    /// <summary>What a socket's thread tells.</summary>
    internal enum ArrivalKind
    {
        None,
        Opened,
        Frame,
        Message,
        Nonsense,
        Closed
    }
}
