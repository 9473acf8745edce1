using System.IO;
using System.Linq;
using UnityEditor;
using UnityEditor.XR.Management;
using UnityEngine;
using UnityEngine.XR.Management;

namespace SynthVR.Editor
{
    /// <summary>The assets in which XR Plug-in Management keeps its settings; made where there are none yet.</summary>
    internal static class XrAssets
    {
        // Where XR Plug-in Management itself puts it, when somebody opens its page for the first time.
        private const string AssetPath = "Assets/XR/XRGeneralSettingsPerBuildTarget.asset";

        /// <summary>The settings for Android.</summary>
        public static XRGeneralSettings General()
        {
            XRGeneralSettingsPerBuildTarget all = All();
            if (!all.HasSettingsForBuildTarget(BuildTargetGroup.Android))
            {
                all.CreateDefaultSettingsForBuildTarget(BuildTargetGroup.Android);
                Save(all);
            }
            return all.SettingsForBuildTarget(BuildTargetGroup.Android);
        }

        /// <summary>The list of loaders for Android.</summary>
        public static XRManagerSettings Manager()
        {
            XRGeneralSettingsPerBuildTarget all = All();
            if (!all.HasManagerSettingsForBuildTarget(BuildTargetGroup.Android))
            {
                all.CreateDefaultManagerSettingsForBuildTarget(BuildTargetGroup.Android);
                Save(all);
            }
            return all.ManagerSettingsForBuildTarget(BuildTargetGroup.Android);
        }

        /// <summary>Writes a changed asset to disk.</summary>
        public static void Save(Object changed)
        {
            EditorUtility.SetDirty(changed);
            AssetDatabase.SaveAssets();
        }

        /// <summary>As XR Plug-in Management does it: those it is told to use, else those among the assets.</summary>
        private static XRGeneralSettingsPerBuildTarget All()
        {
            XRGeneralSettingsPerBuildTarget all;
            EditorBuildSettings.TryGetConfigObject(XRGeneralSettings.k_SettingsKey, out all);
            if (all == null)
            {
                all = Found() ?? Made();
                EditorBuildSettings.AddConfigObject(XRGeneralSettings.k_SettingsKey, all, true);
            }
            return all;
        }

        private static XRGeneralSettingsPerBuildTarget Found()
        {
            return AssetDatabase.FindAssets("t:" + nameof(XRGeneralSettingsPerBuildTarget), new[] { "Assets" })
                .Select(AssetDatabase.GUIDToAssetPath)
                .Select(AssetDatabase.LoadAssetAtPath<XRGeneralSettingsPerBuildTarget>)
                .FirstOrDefault(each => each != null);
        }

        private static XRGeneralSettingsPerBuildTarget Made()
        {
            var made = ScriptableObject.CreateInstance<XRGeneralSettingsPerBuildTarget>();
            Directory.CreateDirectory(Path.GetDirectoryName(AssetPath));
            AssetDatabase.CreateAsset(made, AssetDatabase.GenerateUniqueAssetPath(AssetPath)); // overwrites nothing
            return made;
        }
    }
}
