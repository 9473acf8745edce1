namespace SynthVR.Checks
{
    /// <summary>The controllers of Quest 2 are read.</summary>
    internal sealed class TouchControllersAreOn : ProjectRule
    {
        public override string Sentence => "The OpenXR profile Oculus Touch Controller is on.";

        public override string Reason => "The controllers of a Quest 2 would not be read.";

        public override bool IsMet(IProject project)
        {
            return project.Xr.IsOn(OpenXrFeature.TouchControllers);
        }

        public override void Fix(IProject project)
        {
            project.Xr.TurnOn(OpenXrFeature.TouchControllers);
        }
    }
}
