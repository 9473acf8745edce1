namespace SynthVR.Client
{
    /// <summary>How far an edit has come.</summary>
    internal enum EditStage
    {
        /// <summary>Not sent over this connection.</summary>
        Waiting,

        /// <summary>Sent, and not answered.</summary>
        Sent,

        /// <summary>
        /// Sent over a connection that was lost before the answer came: it may be part of the patch or not.
        /// </summary>
        Unsure,

        /// <summary>Its batch has come, its answer has not.</summary>
        Applied
    }
}
