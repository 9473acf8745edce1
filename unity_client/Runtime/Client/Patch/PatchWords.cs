namespace SynthVR.Client
{
    /// <summary>Title and notes of a patch.</summary>
    internal sealed class PatchWords
    {
        public static readonly PatchWords None = new PatchWords("", "");

        public PatchWords(string title, string notes)
        {
            Title = title;
            Notes = notes;
        }

        public string Title { get; }

        public string Notes { get; }
    }
}
