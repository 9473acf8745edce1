using System.IO;
using UnityEditor;
using UnityEditor.SceneManagement;
using UnityEngine;
using UnityEngine.SceneManagement;

namespace SynthVR.Editor
{
    /// <summary>The scene that a headset starts with.</summary>
    public static class QuestScene
    {
        /// <summary>Where SynthVR → Create Quest scene puts it.</summary>
        public const string DefaultPath = "Assets/SynthVR/Quest rack.unity";

        /// <summary>
        /// Creates the scene and puts it first into the build. Where it exists already it is opened and only what it
        /// lacks is added: what somebody has changed in it stays.
        /// </summary>
        [MenuItem("SynthVR/Create Quest scene", false, 0)]
        public static void Create()
        {
            if (EditorSceneManager.SaveCurrentModifiedScenesIfUserWantsTo())
            {
                Create(DefaultPath);
            }
        }

        /// <summary>
        /// The same at another path below Assets; scenes that are open are closed without being saved. Returns the
        /// scene, open and saved.
        /// </summary>
        public static Scene Create(string path)
        {
            bool exists = File.Exists(path);
            Scene scene = exists
                ? EditorSceneManager.OpenScene(path, OpenSceneMode.Single)
                : EditorSceneManager.NewScene(NewSceneSetup.EmptyScene, NewSceneMode.Single);
            if (new SceneParts(scene).Complete() || !exists)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path));
                EditorSceneManager.SaveScene(scene, path);
            }
            BuildScenes.PutFirst(path);
            Debug.Log(path + " is ready, and the first scene in the build.");
            return scene;
        }
    }
}
