namespace SynthVR.Checks
{
    /// <summary>The manifest asks for internet access.</summary>
    internal sealed class InternetIsRequired : ProjectRule
    {
        public override string Sentence => "Internet access is set to Require.";

        public override string Reason =>
            "On Auto Unity asks for it only if it finds its own network classes in use, and " +
                "sockets are not among them.";

        public override bool IsMet(IProject project)
        {
            return project.Android.RequiresInternet;
        }

        public override void Fix(IProject project)
        {
            project.Android.RequiresInternet = true;
        }
    }
}
