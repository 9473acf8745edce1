using System.Collections.Generic;
using UnityEditor;
using UnityEngine.XR.Management;
using UnityEngine.XR.OpenXR.Features;

namespace UnityEngine.XR.OpenXR
{
    public class OpenXRLoaderBase : XRLoaderHelper
    {
    }

    public class OpenXRLoader : OpenXRLoaderBase
    {
    }

    public class OpenXRSettings : ScriptableObject
    {
        public enum RenderMode
        {
            MultiPass,
            SinglePassInstanced,
        }

        /// <summary>Null before OpenXR is loaded for the first time.</summary>
        internal static OpenXRSettings Kept { get; set; }

        internal List<OpenXRFeature> Features { get; } = new List<OpenXRFeature>();

        public RenderMode renderMode { get; set; }

        public static OpenXRSettings GetSettingsForBuildTargetGroup(BuildTargetGroup buildTargetGroup) => Kept;

        public OpenXRFeature[] GetFeatures() => Features.ToArray();
    }
}

namespace UnityEngine.XR.OpenXR.Features
{
    public abstract class OpenXRFeature : ScriptableObject
    {
        internal string Id { get; set; }

        internal int Priority { get; set; }

        public bool enabled { get; set; }
    }
}
