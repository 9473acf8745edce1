namespace SynthVR.Interaction
{
    /// <summary>What stands on a board.</summary>
    public enum BoardItemKind
    {
        /// <summary>The board's name.</summary>
        Title,

        /// <summary>A sentence.</summary>
        Text,

        /// <summary>Something to press.</summary>
        Button,

        /// <summary>Something that is on or off.</summary>
        Toggle,

        /// <summary>A text that is being written.</summary>
        Field
    }
}
