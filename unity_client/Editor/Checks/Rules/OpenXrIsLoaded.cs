namespace SynthVR.Checks
{
    /// <summary>Nothing is seen in the headset without a loader.</summary>
    internal sealed class OpenXrIsLoaded : ProjectRule
    {
        public override string Sentence => "XR Plug-in Management loads OpenXR on Android.";

        public override string Reason => "Without a loader the app would be a flat window in the headset.";

        public override bool IsMet(IProject project)
        {
            return project.Xr.LoadsOpenXr;
        }

        public override void Fix(IProject project)
        {
            project.Xr.LoadsOpenXr = true;
        }
    }
}
