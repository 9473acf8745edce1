using System;

namespace SynthVR.Protocol
{
    /// <summary>
    /// What came over the wire is no message, or what should go over it cannot. The message is a sentence for the log.
    /// Reading throws nothing else, whatever the bytes are.
    /// </summary>
    public sealed class ProtocolException : Exception
    {
        /// <summary>With a sentence that says what is wrong, and where.</summary>
        public ProtocolException(string sentence)
            : base(sentence)
        {
        }
    }
}
