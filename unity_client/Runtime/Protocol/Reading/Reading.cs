namespace SynthVR.Protocol
{
    /// <summary>Reads one value. Throws ProtocolException.</summary>
    public delegate T Reading<T>(ref MessagePackReader reader);
}
