namespace SynthVR.Checks
{
    /// <summary>One way of drawing.</summary>
    internal sealed class VulkanDraws : ProjectRule
    {
        public override string Sentence => "Vulkan is the only graphics API for Android.";

        public override string Reason =>
            "The views are budgeted for Vulkan; with OpenGL ES beside it every shader is built " +
                "twice.";

        public override bool IsMet(IProject project)
        {
            return project.Drawing.UsesVulkanOnly;
        }

        public override void Fix(IProject project)
        {
            project.Drawing.UsesVulkanOnly = true;
        }
    }
}
