namespace SynthVR.Client
{
    /// <summary>Why the patch here can no longer be trusted to be the server's.</summary>
    internal enum Divergence
    {
        None,

        /// <summary>A revision is missing.</summary>
        Gap,

        /// <summary>A command of the server's does not fit.</summary>
        Refused,

        /// <summary>The fingerprints differ.</summary>
        Fingerprint
    }
}
