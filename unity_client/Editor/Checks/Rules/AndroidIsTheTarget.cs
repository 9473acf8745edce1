namespace SynthVR.Checks
{
    /// <summary>What is compiled and checked in the editor is what the headset gets.</summary>
    internal sealed class AndroidIsTheTarget : ProjectRule
    {
        public override string Sentence => "Android is the active build target.";

        public override string Reason =>
            "The editor would compile the scripts, and import textures, for another system than " +
                "the headset.";

        public override bool IsMet(IProject project)
        {
            return project.Android.IsActive;
        }

        public override void Fix(IProject project)
        {
            project.Android.Activate();
        }
    }
}
