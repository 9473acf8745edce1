namespace SynthVR.Client
{
    /// <summary>What a patch consists of.</summary>
    internal enum EntryKind
    {
        Module,
        Cable,
        Words
    }
}
