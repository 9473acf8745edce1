using UnityEditor;
using UnityEngine.XR.Management;

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

        public RenderMode renderMode { get; set; }

        public static OpenXRSettings GetSettingsForBuildTargetGroup(BuildTargetGroup buildTargetGroup)
        {
            return null;
        }
    }
}

namespace UnityEngine.XR.OpenXR.Features
{
    public abstract class OpenXRFeature : ScriptableObject
    {
        public bool enabled { get; set; }
    }
}
