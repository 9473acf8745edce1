namespace SynthVR.Checks
{
    /// <summary>The room is shown where it can be.</summary>
    internal sealed class PassthroughIsOn : ProjectRule
    {
        public override string Sentence =>
            "With com.unity.xr.meta-openxr installed, its features Meta Quest: Session and Camera (Passthrough) are on.";

        public override string Reason => "The setting See the room would show the night; without that package it does.";

        public override bool IsMet(IProject project)
        {
            return !project.Xr.CanShowTheRoom
                || (project.Xr.IsOn(OpenXrFeature.RoomSession) && project.Xr.IsOn(OpenXrFeature.RoomCamera));
        }

        public override void Fix(IProject project)
        {
            if (project.Xr.CanShowTheRoom)
            {
                project.Xr.TurnOn(OpenXrFeature.RoomSession);
                project.Xr.TurnOn(OpenXrFeature.RoomCamera);
            }
        }
    }
}
