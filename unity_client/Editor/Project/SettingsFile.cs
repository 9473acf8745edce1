using System;
using UnityEditor;

namespace SynthVR.Editor
{
    /// <summary>
    /// One of the files in ProjectSettings, for the settings that Unity shows in its windows and gives no other access
    /// to. Names of properties are those in the file.
    /// </summary>
    internal sealed class SettingsFile
    {
        private readonly string _path;

        public SettingsFile(string name)
        {
            _path = "ProjectSettings/" + name;
        }

        /// <summary>Reads a number.</summary>
        public int Read(string property)
        {
            return Find(Open(), property).intValue;
        }

        /// <summary>Writes a number, and saves the file.</summary>
        public void Write(string property, int value)
        {
            SerializedObject file = Open();
            Find(file, property).intValue = value;
            file.ApplyModifiedPropertiesWithoutUndo();
            AssetDatabase.SaveAssets();
        }

        private SerializedObject Open()
        {
            UnityEngine.Object[] objects = AssetDatabase.LoadAllAssetsAtPath(_path);
            if (objects.Length == 0)
            {
                throw new InvalidOperationException(_path + " could not be opened.");
            }
            return new SerializedObject(objects[0]);
        }

        private SerializedProperty Find(SerializedObject file, string property)
        {
            return file.FindProperty(property)
                ?? throw new InvalidOperationException(_path + " has no " + property + " in this version of Unity.");
        }
    }
}
