using System.Linq;
using UnityEditor;

namespace SynthVR.Editor
{
    /// <summary>The list of scenes in the build.</summary>
    internal static class BuildScenes
    {
        /// <summary>Makes a scene the one that the app starts with; the others follow as they were.</summary>
        public static void PutFirst(string path)
        {
            EditorBuildSettingsScene[] scenes = EditorBuildSettings.scenes;
            EditorBuildSettingsScene first = scenes.FirstOrDefault(scene => scene.enabled);
            if (first != null && first.path == path)
            {
                return;
            }
            EditorBuildSettings.scenes = scenes
                .Where(scene => scene.path != path)
                .Prepend(new EditorBuildSettingsScene(path, true))
                .ToArray();
        }
    }
}
