namespace SynthVR.Checks
{
    /// <summary>Controllers are read through the Input System.</summary>
    internal sealed class InputSystemIsUsed : ProjectRule
    {
        public override string Sentence => "Active input handling is set to Input System Package.";

        public override string Reason =>
            "Controllers are read through the Input System, and Android does not take both; " +
                "Unity restarts for this.";

        public override bool IsMet(IProject project)
        {
            return project.Android.UsesInputSystemOnly;
        }

        public override void Fix(IProject project)
        {
            project.Android.UsesInputSystemOnly = true;
        }
    }
}
