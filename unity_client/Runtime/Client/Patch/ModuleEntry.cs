using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>A module of the patch with its id.</summary>
    public readonly struct ModuleEntry
    {
        internal ModuleEntry(string id, PlacedModule module)
        {
            Id = id;
            Module = module;
        }

        /// <summary>Id within the patch.</summary>
        public string Id { get; }

        /// <summary>As it is now; immutable.</summary>
        public PlacedModule Module { get; }
    }
}
