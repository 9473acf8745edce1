using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>What is said over a connection, whichever socket carries it. Main thread.</summary>
    internal interface IConversation
    {
        /// <summary>Where to resume from; null asks for the whole patch.</summary>
        ResumePoint? ResumePoint { get; }

        /// <summary>A message came at that local time; the welcome is the first.</summary>
        void Take(ServerMessage message, double at);

        /// <summary>The connection is gone, or is given up; another may follow.</summary>
        void Lost();

        /// <summary>The server has given a token for its pairing code.</summary>
        void TokenGiven(string token);

        /// <summary>It stands differently than before.</summary>
        void Changed(ConnectionStatus status);
    }
}
