using System;

namespace UnityEditor
{
    public class AssetDatabase
    {
        public static void CreateAsset(UnityEngine.Object asset, string path)
        {
        }

        public static string[] FindAssets(string filter, string[] searchInFolders)
        {
            return null;
        }

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
            return null;
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
