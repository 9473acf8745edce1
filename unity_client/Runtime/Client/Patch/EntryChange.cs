using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>One entry of a patch as it was before it was changed; null where there was none.</summary>
    internal readonly struct EntryChange
    {
        private EntryChange(string id, object before, EntryKind kind)
        {
            Id = id;
            Before = before;
            Kind = kind;
        }

        public string Id { get; }

        public EntryKind Kind { get; }

        private object Before { get; }

        public PlacedModule Module => (PlacedModule)Before;

        public Cable Cable => (Cable)Before;

        public PatchWords Words => (PatchWords)Before;

        public static EntryChange Of(string id, PlacedModule before)
        {
            return new EntryChange(id, before, EntryKind.Module);
        }

        public static EntryChange Of(string id, Cable before)
        {
            return new EntryChange(id, before, EntryKind.Cable);
        }

        public static EntryChange Of(PatchWords before)
        {
            return new EntryChange("", before, EntryKind.Words);
        }
    }
}
