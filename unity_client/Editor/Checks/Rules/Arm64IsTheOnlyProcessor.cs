namespace SynthVR.Checks
{
    /// <summary>Quest is ARM64.</summary>
    internal sealed class Arm64IsTheOnlyProcessor : ProjectRule
    {
        public override string Sentence => "ARM64 is the only target architecture.";

        public override string Reason =>
            "Every Quest is ARM64, and another architecture only makes the build longer and " +
                "larger.";

        public override bool IsMet(IProject project)
        {
            return project.Android.IsArm64Only;
        }

        public override void Fix(IProject project)
        {
            project.Android.IsArm64Only = true;
        }
    }
}
