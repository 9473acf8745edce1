namespace SynthVR.Checks
{
    /// <summary>Quest decodes ASTC in hardware.</summary>
    internal sealed class TexturesAreAstc : ProjectRule
    {
        public override string Sentence => "Textures are compressed as ASTC.";

        public override string Reason =>
            "Quest decodes ASTC in hardware; the text of the panels would be larger in memory or " +
                "worse to read.";

        public override bool IsMet(IProject project)
        {
            return project.Drawing.UsesAstcOnly;
        }

        public override void Fix(IProject project)
        {
            project.Drawing.UsesAstcOnly = true;
        }
    }
}
