using System;
using UnityEditor.PackageManager;

namespace SynthVR.Editor
{
    /// <summary>
    /// Meta OpenXR and AR Foundation, which show the room behind the rack. The package does without them, so nothing
    /// here refers to them but by name.
    /// </summary>
    internal static class Room
    {
        /// <summary>Whether the project has them.</summary>
        public static bool IsInstalled => PackageInfo.FindForAssetPath("Packages/com.unity.xr.meta-openxr") != null;

        /// <summary>The component that a scene needs once; null where AR Foundation is not there.</summary>
        public static Type Session => Find("ARSession");

        /// <summary>The component that the camera needs; null where AR Foundation is not there.</summary>
        public static Type CameraManager => Find("ARCameraManager");

        private static Type Find(string name)
        {
            return Type.GetType("UnityEngine.XR.ARFoundation." + name + ", Unity.XR.ARFoundation");
        }
    }
}
