namespace SynthVR.Checks
{
    /// <summary>Hands are read.</summary>
    internal sealed class HandTrackingIsOn : ProjectRule
    {
        public override string Sentence => "The OpenXR feature Hand Tracking Subsystem is on.";

        public override string Reason => "Without controllers there would be no hands.";

        public override bool IsMet(IProject project)
        {
            return project.Xr.IsOn(OpenXrFeature.HandTracking);
        }

        public override void Fix(IProject project)
        {
            project.Xr.TurnOn(OpenXrFeature.HandTracking);
        }
    }
}
