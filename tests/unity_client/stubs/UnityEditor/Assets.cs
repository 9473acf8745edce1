using System;
using System.Collections.Generic;
using System.Linq;

namespace UnityEditor
{
    public class AssetDatabase
    {
        /// <summary>What is in the project, by path; the GUID is the path here.</summary>
        internal static readonly Dictionary<string, UnityEngine.Object> Assets =
            new Dictionary<string, UnityEngine.Object>();

        public static void CreateAsset(UnityEngine.Object asset, string path) => Assets[path] = asset;

        public static string[] FindAssets(string filter, string[] searchInFolders)
        {
            return Assets.Where(each => filter == "t:" + each.Value.GetType().Name).Select(each => each.Key).ToArray();
        }

        public static string GenerateUniqueAssetPath(string path)
        {
            return Assets.ContainsKey(path) ? path.Replace(".asset", " 1.asset") : path;
        }

        public static string GUIDToAssetPath(string guid) => guid;

        public static string[] GetDependencies(string pathName, bool recursive)
        {
            return null;
        }

        public static void ImportPackage(string packagePath, bool interactive)
        {
        }

        public static UnityEngine.Object[] LoadAllAssetsAtPath(string assetPath)
        {
            return null;
        }

        public static T LoadAssetAtPath<T>(string assetPath)
            where T : UnityEngine.Object
        {
            return Assets.TryGetValue(assetPath, out UnityEngine.Object found) ? found as T : null;
        }

        public static void SaveAssets()
        {
        }
    }

    public class MonoScript : UnityEngine.TextAsset
    {
        public Type GetClass()
        {
            return null;
        }
    }

    public class SerializedProperty : IDisposable
    {
        public int intValue { get; set; }

        public bool boolValue { get; set; }

        public UnityEngine.Object objectReferenceValue { get; set; }

        public int arraySize { get; set; }

        public SerializedProperty GetArrayElementAtIndex(int index)
        {
            return null;
        }

        public void InsertArrayElementAtIndex(int index)
        {
        }

        public void Dispose()
        {
        }
    }

    public class SerializedObject : IDisposable
    {
        public SerializedObject(UnityEngine.Object obj)
        {
        }

        public SerializedProperty FindProperty(string propertyPath)
        {
            return null;
        }

        public bool ApplyModifiedPropertiesWithoutUndo()
        {
            return false;
        }

        public void Dispose()
        {
        }
    }
}
