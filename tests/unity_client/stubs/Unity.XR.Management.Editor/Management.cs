using System;
using System.Collections.Generic;
using UnityEngine;
using UnityEngine.XR.Management;

namespace UnityEditor.XR.Management
{
    public class XRGeneralSettingsPerBuildTarget : ScriptableObject
    {
        public static XRGeneralSettings XRGeneralSettingsForBuildTarget(BuildTargetGroup targetGroup)
        {
            return null;
        }

        public bool HasSettingsForBuildTarget(BuildTargetGroup buildTargetGroup)
        {
            return false;
        }

        public void CreateDefaultSettingsForBuildTarget(BuildTargetGroup buildTargetGroup)
        {
        }

        public XRGeneralSettings SettingsForBuildTarget(BuildTargetGroup targetGroup)
        {
            return null;
        }

        public bool HasManagerSettingsForBuildTarget(BuildTargetGroup targetGroup)
        {
            return false;
        }

        public void CreateDefaultManagerSettingsForBuildTarget(BuildTargetGroup targetGroup)
        {
        }

        public XRManagerSettings ManagerSettingsForBuildTarget(BuildTargetGroup targetGroup)
        {
            return null;
        }
    }
}

namespace UnityEditor.XR.Management.Metadata
{
    public class XRPackageMetadataStore
    {
        public static bool AssignLoader(
            XRManagerSettings settings, string loaderTypeName, BuildTargetGroup buildTargetGroup)
        {
            return false;
        }

        public static bool RemoveLoader(
            XRManagerSettings settings, string loaderTypeName, BuildTargetGroup buildTargetGroup)
        {
            return false;
        }
    }
}

namespace Unity.XR.Management.AndroidManifest.Editor
{
    public interface IAndroidManifestRequirementProvider
    {
        ManifestRequirement ProvideManifestRequirement();
    }

    public class ManifestElement
    {
        public List<string> ElementPath { get; set; }

        public Dictionary<string, string> Attributes { get; set; }
    }

    public class ManifestRequirement
    {
        public HashSet<Type> SupportedXRLoaders { get; set; } = new HashSet<Type>();

        public List<ManifestElement> NewElements { get; set; } = new List<ManifestElement>();
    }
}
