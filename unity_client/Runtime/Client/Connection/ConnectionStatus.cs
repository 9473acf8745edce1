namespace SynthVR.Client
{
    /// <summary>Where a connection stands, and why.</summary>
    public readonly struct ConnectionStatus
    {
        internal ConnectionStatus(ConnectionState state, string reason, double retrySeconds, int closeCode)
        {
            State = state;
            Reason = reason;
            RetrySeconds = retrySeconds;
            CloseCode = closeCode;
        }

        /// <summary>Where it stands.</summary>
        public ConnectionState State { get; }

        /// <summary>Why it is waiting or refused, for people; else empty.</summary>
        public string Reason { get; }

        /// <summary>While waiting: seconds from the change of state to the next attempt.</summary>
        public double RetrySeconds { get; }

        /// <summary>The server's close code (see <see cref="Protocol.CloseCode"/>) where it gave one, else 0.</summary>
        public int CloseCode { get; }

        /// <summary>Whether the server asks for its pairing code.</summary>
        public bool NeedsPairing =>
            State == ConnectionState.Refused && CloseCode == (int)Protocol.CloseCode.NotPaired;
    }
}
