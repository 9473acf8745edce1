using SynthVR.Editor;
using UnityEditor;
using UnityEditor.SceneManagement;
using UnityEngine;
using UnityEngine.SceneManagement;

namespace SynthVR.QuestRack.Editor
{
    /// <summary>The sample's scene: that of SynthVR → Create Quest scene, and a player that patches.</summary>
    internal static class QuestRackMenu
    {
        private const string Path = "Assets/SynthVR/Quest rack with a voice.unity";

        [MenuItem("SynthVR/Create sample scene", false, 1)]
        private static void Create()
        {
            if (!EditorSceneManager.SaveCurrentModifiedScenesIfUserWantsTo())
            {
                return;
            }
            Scene scene = QuestScene.Create(Path);
            foreach (GameObject root in scene.GetRootGameObjects())
            {
                if (root.GetComponentInChildren<VoicePlayer>(true) != null)
                {
                    return;
                }
            }
            new GameObject("Voice player").AddComponent<VoicePlayer>();
            EditorSceneManager.SaveScene(scene, Path);
        }
    }
}
