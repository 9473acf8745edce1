namespace SynthVR.Checks
{
    /// <summary>Ids of the OpenXR features that a Quest needs, as the packages that bring them name them.</summary>
    public static class OpenXrFeature
    {
        /// <summary>Makes the build one for Quest (com.unity.xr.openxr).</summary>
        public const string MetaQuest = "com.unity.openxr.feature.metaquest";

        /// <summary>Controllers of Quest 2 (com.unity.xr.openxr).</summary>
        public const string TouchControllers = "com.unity.openxr.feature.input.oculustouch";

        /// <summary>Controllers of Quest 3 and 3S (com.unity.xr.openxr).</summary>
        public const string TouchPlusControllers = "com.unity.openxr.feature.input.metaquestplus";

        /// <summary>The joints of both hands (com.unity.xr.hands).</summary>
        public const string HandTracking = "com.unity.openxr.feature.input.handtracking";

        /// <summary>What passthrough runs in (com.unity.xr.meta-openxr).</summary>
        public const string RoomSession = "com.unity.openxr.feature.arfoundation-meta-session";

        /// <summary>Passthrough: the room behind the rack (com.unity.xr.meta-openxr).</summary>
        public const string RoomCamera = "com.unity.openxr.feature.arfoundation-meta-camera";
    }
}
