namespace SynthVR.Checks
{
    /// <summary>
    /// The OpenXR features that a Quest needs, by their full type names. Not by the ids that OpenXR gives them: two
    /// features have that of hand tracking, and OpenXR's own look-up finds the other one.
    /// </summary>
    public static class OpenXrFeature
    {
        /// <summary>Makes the build one for Quest (com.unity.xr.openxr).</summary>
        public const string MetaQuest = "UnityEngine.XR.OpenXR.Features.MetaQuestSupport.MetaQuestFeature";

        /// <summary>Controllers of Quest 2 (com.unity.xr.openxr).</summary>
        public const string TouchControllers =
            "UnityEngine.XR.OpenXR.Features.Interactions.OculusTouchControllerProfile";

        /// <summary>Controllers of Quest 3 and 3S (com.unity.xr.openxr).</summary>
        public const string TouchPlusControllers =
            "UnityEngine.XR.OpenXR.Features.Interactions.MetaQuestTouchPlusControllerProfile";

        /// <summary>The joints of both hands (com.unity.xr.hands).</summary>
        public const string HandTracking = "UnityEngine.XR.Hands.OpenXR.HandTracking";

        /// <summary>What passthrough runs in (com.unity.xr.meta-openxr).</summary>
        public const string RoomSession = "UnityEngine.XR.OpenXR.Features.Meta.ARSessionFeature";

        /// <summary>Passthrough: the room behind the rack (com.unity.xr.meta-openxr).</summary>
        public const string RoomCamera = "UnityEngine.XR.OpenXR.Features.Meta.ARCameraFeature";

        /// <summary>
        /// What passthrough is laid under from com.unity.xr.meta-openxr 2.2 on (com.unity.xr.openxr; it is there only
        /// where com.unity.xr.compositionlayers is, which those versions bring).
        /// </summary>
        public const string CompositionLayers =
            "UnityEngine.XR.OpenXR.Features.CompositionLayers.OpenXRCompositionLayersFeature";
    }
}
