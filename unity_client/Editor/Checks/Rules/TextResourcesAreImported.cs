namespace SynthVR.Checks
{
    /// <summary>Panels have labels.</summary>
    internal sealed class TextResourcesAreImported : ProjectRule
    {
        public override string Sentence => "The TextMesh Pro essential resources are imported.";

        public override string Reason => "Without its font and shaders no panel has a label.";

        public override bool IsMet(IProject project)
        {
            return project.Contents.HasTextResources;
        }

        public override void Fix(IProject project)
        {
            project.Contents.ImportTextResources();
        }
    }
}
