using System.Linq;
using SynthVR.Checks;
using SynthVR.Views;
using UnityEditor;

namespace SynthVR.Editor
{
    /// <summary>The assets of the project, and the scenes in its build.</summary>
    internal sealed class Contents : IContents
    {
        // A package's files are where this path leads only after System.IO has resolved it.
        private const string TextResources =
            "Packages/com.unity.ugui/Package Resources/TMP Essential Resources.unitypackage";

        public bool HasTextResources => AssetDatabase.FindAssets("t:TMP_Settings", new[] { "Assets" }).Length > 0;

        public bool HasSceneInBuild
        {
            get
            {
                EditorBuildSettingsScene first = EditorBuildSettings.scenes.FirstOrDefault(scene => scene.enabled);
                return first != null && HasApp(first.path);
            }
        }

        public void ImportTextResources()
        {
            AssetDatabase.ImportPackage(System.IO.Path.GetFullPath(TextResources), false);
        }

        public void CreateScene()
        {
            QuestScene.Create();
        }

        private static bool HasApp(string scene)
        {
            return AssetDatabase.GetDependencies(scene, true).Any(IsApp);
        }

        private static bool IsApp(string path)
        {
            var script = AssetDatabase.LoadAssetAtPath<MonoScript>(path);
            return script != null && script.GetClass() == typeof(SynthVRApp);
        }
    }
}
