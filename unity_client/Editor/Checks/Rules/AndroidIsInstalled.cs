using System;

namespace SynthVR.Checks
{
    /// <summary>This editor can build for Android.</summary>
    internal sealed class AndroidIsInstalled : ProjectRule
    {
        public override string Sentence =>
            "Android Build Support is installed in this editor, with OpenJDK and the SDK and NDK " +
                "tools.";

        public override string Reason =>
            "A Quest runs Android; add the module to this editor in the Unity Hub.";

        public override bool CanFix => false;

        public override bool IsMet(IProject project)
        {
            return project.Android.IsInstalled;
        }

        public override void Fix(IProject project)
        {
            throw new InvalidOperationException(Reason);
        }
    }
}
