namespace SynthVR.Checks
{
    /// <summary>The app starts with the rack.</summary>
    internal sealed class SceneIsInTheBuild : ProjectRule
    {
        public override string Sentence => "The first scene in the build has SynthVR in it.";

        public override string Reason =>
            "The app would start with something else; SynthVR → Create Quest scene makes such a scene.";

        public override bool IsMet(IProject project)
        {
            return project.Contents.HasSceneInBuild;
        }

        public override void Fix(IProject project)
        {
            project.Contents.CreateScene();
        }
    }
}
