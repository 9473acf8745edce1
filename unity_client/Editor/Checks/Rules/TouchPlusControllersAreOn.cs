namespace SynthVR.Checks
{
    /// <summary>The controllers of Quest 3 and 3S are read.</summary>
    internal sealed class TouchPlusControllersAreOn : ProjectRule
    {
        public override string Sentence => "The OpenXR profile Meta Quest Touch Plus Controller is on.";

        public override string Reason =>
            "The controllers of a Quest 3 or 3S would be read as older ones at best.";

        public override bool IsMet(IProject project)
        {
            return project.Xr.IsOn(OpenXrFeature.TouchPlusControllers);
        }

        public override void Fix(IProject project)
        {
            project.Xr.TurnOn(OpenXrFeature.TouchPlusControllers);
        }
    }
}
