namespace SynthVR.Checks
{
    /// <summary>The build is one for Quest.</summary>
    internal sealed class QuestSupportIsOn : ProjectRule
    {
        public override string Sentence => "The OpenXR feature Meta Quest Support is on.";

        public override string Reason =>
            "The manifest would not name the headsets, and they would not start the app in VR.";

        public override bool IsMet(IProject project)
        {
            return project.Xr.IsOn(OpenXrFeature.MetaQuest);
        }

        public override void Fix(IProject project)
        {
            project.Xr.TurnOn(OpenXrFeature.MetaQuest);
        }
    }
}
