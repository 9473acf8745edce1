using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>What became of a request.</summary>
    public readonly struct Reply
    {
        /// <summary>Code of a request that was made without a connection.</summary>
        public const string NotConnected = "not_connected";

        /// <summary>Code of a request whose connection was lost: it may have been carried out or not.</summary>
        public const string Disconnected = "disconnected";

        /// <summary>
        /// Code of an edit that the server rejected just before the connection was lost, with its reason.
        /// </summary>
        public const string Rejected = "rejected";

        /// <summary>Code of a request that the server did not answer in time.</summary>
        public const string TimedOut = "timed_out";

        /// <summary>Code of an edit that is larger than the server takes.</summary>
        public const string TooLarge = "too_large";

        private Reply(bool isDone, string code, string sentence, long revision, IReadOnlyList<LibraryEntry> patches)
        {
            IsDone = isDone;
            Code = code;
            Sentence = sentence;
            Revision = revision;
            Patches = patches;
        }

        /// <summary>Whether it has been carried out.</summary>
        public bool IsDone { get; }

        /// <summary>Why not: one of the codes here or in <see cref="RejectionCode"/>; empty where it is done.</summary>
        public string Code { get; }

        /// <summary>The same for people; empty where it is done.</summary>
        public string Sentence { get; }

        /// <summary>Revision of the patch when it was done.</summary>
        public long Revision { get; }

        /// <summary>What is in the library, for whoever asked; else null.</summary>
        public IReadOnlyList<LibraryEntry> Patches { get; }

        internal static Reply Done(long revision)
        {
            return new Reply(true, "", "", revision, null);
        }

        internal static Reply Listed(IReadOnlyList<LibraryEntry> patches)
        {
            return new Reply(true, "", "", 0, patches);
        }

        internal static Reply Failed(string code, string sentence)
        {
            return new Reply(false, code, sentence, 0, null);
        }
    }
}
