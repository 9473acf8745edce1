namespace SynthVR.Checks
{
    /// <summary>What the project has among its assets.</summary>
    public interface IContents
    {
        /// <summary>Whether TextMesh Pro's essential resources (its font and shaders) are among the assets.</summary>
        bool HasTextResources { get; }

        /// <summary>Imports TextMesh Pro's essential resources.</summary>
        void ImportTextResources();

        /// <summary>Whether the first scene in the build has the app in it.</summary>
        bool HasSceneInBuild { get; }

        /// <summary>Creates the scene, or brings it up to date, and puts it first into the build.</summary>
        void CreateScene();
    }
}
