using System;
using System.Linq;
using SynthVR.Checks;
using UnityEditor;
using UnityEditor.XR.Management;
using UnityEditor.XR.Management.Metadata;
using UnityEditor.XR.OpenXR.Features;
using UnityEngine.XR.Management;
using UnityEngine.XR.OpenXR;
using UnityEngine.XR.OpenXR.Features;

namespace SynthVR.Editor
{
    /// <summary>XR Plug-in Management and OpenXR, as they are set for Android.</summary>
    internal sealed class XrSettings : IXrSettings
    {
        private const string StripsInternetProperty = "forceRemoveInternetPermission";

        private static readonly string Loader = typeof(OpenXRLoader).FullName;

        public bool LoadsOpenXr
        {
            get
            {
                XRGeneralSettings settings = General;
                return settings != null && settings.Manager != null
                    && settings.Manager.activeLoaders.Any(loader => loader is OpenXRLoader);
            }
            set
            {
                XRManagerSettings manager = XrAssets.Manager();
                bool done = value
                    ? XRPackageMetadataStore.AssignLoader(manager, Loader, BuildTargetGroup.Android)
                    : XRPackageMetadataStore.RemoveLoader(manager, Loader, BuildTargetGroup.Android);
                if (!done)
                {
                    throw new InvalidOperationException("XR Plug-in Management refused; its console says why.");
                }
                XrAssets.Save(manager);
            }
        }

        public bool BeginsWithTheApp
        {
            get => General != null && General.InitManagerOnStart;
            set
            {
                XRGeneralSettings settings = XrAssets.General();
                settings.InitManagerOnStart = value;
                XrAssets.Save(settings);
            }
        }

        public bool DrawsBothEyesAtOnce
        {
            get => OpenXr != null && OpenXr.renderMode == OpenXRSettings.RenderMode.SinglePassInstanced;
            set
            {
                OpenXRSettings settings = OpenXr != null
                    ? OpenXr
                    : throw new InvalidOperationException("OpenXR has no settings for Android yet.");
                settings.renderMode = value
                    ? OpenXRSettings.RenderMode.SinglePassInstanced
                    : OpenXRSettings.RenderMode.MultiPass;
                XrAssets.Save(settings);
            }
        }

        public bool StripsInternet
        {
            get
            {
                OpenXRFeature quest = Feature(OpenXrFeature.MetaQuest);
                return quest != null && new SerializedObject(quest).FindProperty(StripsInternetProperty).boolValue;
            }
            set
            {
                var quest = new SerializedObject(Needed(OpenXrFeature.MetaQuest));
                quest.FindProperty(StripsInternetProperty).boolValue = value;
                quest.ApplyModifiedPropertiesWithoutUndo();
                AssetDatabase.SaveAssets();
            }
        }

        public bool CanShowTheRoom => Room.IsInstalled;

        private static XRGeneralSettings General =>
            XRGeneralSettingsPerBuildTarget.XRGeneralSettingsForBuildTarget(BuildTargetGroup.Android);

        private static OpenXRSettings OpenXr =>
            OpenXRSettings.GetSettingsForBuildTargetGroup(BuildTargetGroup.Android);

        public bool Has(string feature)
        {
            return Feature(feature) != null;
        }

        public bool IsOn(string feature)
        {
            OpenXRFeature found = Feature(feature);
            return found != null && found.enabled;
        }

        public void TurnOn(string feature)
        {
            OpenXRFeature found = Needed(feature);
            found.enabled = true;
            XrAssets.Save(found);
        }

        private static OpenXRFeature Feature(string type)
        {
            OpenXRSettings settings = OpenXr;
            return settings == null
                ? null
                : settings.GetFeatures().FirstOrDefault(each => each != null && each.GetType().FullName == type);
        }

        private static OpenXRFeature Needed(string type)
        {
            FeatureHelpers.RefreshFeatures(BuildTargetGroup.Android); // finds those of packages installed since
            OpenXRFeature found = Feature(type);
            return found != null
                ? found
                : throw new InvalidOperationException(
                    "There is no OpenXR feature " + type + " for Android: is the package installed that brings it?");
        }
    }
}
