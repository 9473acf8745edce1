namespace SynthVR.Client
{
    /// <summary>The record types that finding a service takes (RFC 1035, RFC 2782).</summary>
    internal enum DnsType
    {
        Address = 1,
        Pointer = 12,
        Text = 16,
        Service = 33
    }
}
