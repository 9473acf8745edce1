using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>A cable of the patch with its id.</summary>
    public readonly struct CableEntry
    {
        internal CableEntry(string id, Cable cable)
        {
            Id = id;
            Cable = cable;
        }

        /// <summary>Id within the patch.</summary>
        public string Id { get; }

        /// <summary>What it joins; immutable.</summary>
        public Cable Cable { get; }
    }
}
