namespace SynthVR.Checks
{
    /// <summary>The Meta Quest feature leaves the internet permission where it is.</summary>
    internal sealed class InternetIsNotStripped : ProjectRule
    {
        public override string Sentence => "Meta Quest Support does not remove the internet permission.";

        public override string Reason =>
            "The setting Force Remove Internet Permission wins over the player settings, and " +
                "nothing could connect.";

        public override bool IsMet(IProject project)
        {
            return !project.Xr.StripsInternet;
        }

        public override void Fix(IProject project)
        {
            project.Xr.StripsInternet = false;
        }
    }
}
