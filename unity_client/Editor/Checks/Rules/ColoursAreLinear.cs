namespace SynthVR.Checks
{
    /// <summary>Colours come out as they are in the web view.</summary>
    internal sealed class ColoursAreLinear : ProjectRule
    {
        public override string Sentence => "The colour space is Linear.";

        public override string Reason => "In Gamma the glow of cables and panels is blended wrongly.";

        public override bool IsMet(IProject project)
        {
            return project.Drawing.IsLinear;
        }

        public override void Fix(IProject project)
        {
            project.Drawing.IsLinear = true;
        }
    }
}
