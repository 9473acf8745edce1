namespace SynthVR.Client
{
    /// <summary>Where a connection stands.</summary>
    public enum ConnectionState
    {
        /// <summary>Nobody has asked for one.</summary>
        Idle,

        /// <summary>The websocket is being opened.</summary>
        Connecting,

        /// <summary>Hello is said; the welcome may take a few seconds while the server reads its modules.</summary>
        Greeting,

        /// <summary>Welcome.</summary>
        Open,

        /// <summary>Lost, or not to be had; it is tried again by itself.</summary>
        Waiting,

        /// <summary>
        /// The server wants a pairing code, or speaks another version of the protocol: it is not tried again by itself.
        /// </summary>
        Refused
    }
}
