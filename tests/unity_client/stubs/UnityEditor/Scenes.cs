using UnityEngine.SceneManagement;

namespace UnityEditor.SceneManagement
{
    public enum NewSceneSetup
    {
        EmptyScene = 0,
        DefaultGameObjects = 1,
    }

    public enum NewSceneMode
    {
        Single = 0,
        Additive = 1,
    }

    public enum OpenSceneMode
    {
        Single = 0,
        Additive = 1,
        AdditiveWithoutLoading = 2,
    }

    public sealed class EditorSceneManager : SceneManager
    {
        public static bool SaveCurrentModifiedScenesIfUserWantsTo()
        {
            return false;
        }

        public static Scene NewScene(NewSceneSetup setup, NewSceneMode mode)
        {
            return default(Scene);
        }

        public static Scene OpenScene(string scenePath, OpenSceneMode mode)
        {
            return default(Scene);
        }

        public static bool SaveScene(Scene scene, string dstScenePath)
        {
            return false;
        }

        public static bool MarkSceneDirty(Scene scene)
        {
            return false;
        }
    }
}
