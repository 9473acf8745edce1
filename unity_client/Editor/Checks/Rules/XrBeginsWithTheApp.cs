namespace SynthVR.Checks
{
    /// <summary>Nobody else starts XR.</summary>
    internal sealed class XrBeginsWithTheApp : ProjectRule
    {
        public override string Sentence => "XR is initialised on startup.";

        public override string Reason =>
            "SynthVR does not start XR itself: the app would be a flat window in the headset.";

        public override bool IsMet(IProject project)
        {
            return project.Xr.BeginsWithTheApp;
        }

        public override void Fix(IProject project)
        {
            project.Xr.BeginsWithTheApp = true;
        }
    }
}
