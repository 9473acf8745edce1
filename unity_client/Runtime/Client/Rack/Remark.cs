namespace SynthVR.Client
{
    /// <summary>A sentence for the person in the headset.</summary>
    public readonly struct Remark
    {
        internal Remark(string code, string sentence)
        {
            Code = code;
            Sentence = sentence;
        }

        /// <summary>
        /// Stable, for programs: see <see cref="Protocol.RejectionCode"/>, <see cref="Protocol.NoticeCode"/>; "keeping"
        /// where what people do is not kept on the server's disk, or is again.
        /// </summary>
        public string Code { get; }

        /// <summary>For people.</summary>
        public string Sentence { get; }
    }
}
