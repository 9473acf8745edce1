namespace SynthVR.Checks
{
    /// <summary>ws:// is not encrypted.</summary>
    internal sealed class CleartextIsAllowed : ProjectRule
    {
        public override string Sentence => "Downloads over HTTP are always allowed.";

        public override string Reason =>
            "The server speaks ws://, which is not encrypted; nothing on the way may insist on " +
                "TLS.";

        public override bool IsMet(IProject project)
        {
            return project.Android.AllowsCleartext;
        }

        public override void Fix(IProject project)
        {
            project.Android.AllowsCleartext = true;
        }
    }
}
