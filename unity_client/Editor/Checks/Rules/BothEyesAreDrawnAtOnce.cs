namespace SynthVR.Checks
{
    /// <summary>Half the draw calls.</summary>
    internal sealed class BothEyesAreDrawnAtOnce : ProjectRule
    {
        public override string Sentence => "OpenXR draws in single pass instanced mode.";

        public override string Reason =>
            "Drawing each eye on its own doubles the draw calls that the views are budgeted for.";

        public override bool IsMet(IProject project)
        {
            return project.Xr.DrawsBothEyesAtOnce;
        }

        public override void Fix(IProject project)
        {
            project.Xr.DrawsBothEyesAtOnce = true;
        }
    }
}
