using UnityEngine.XR.OpenXR.Features;

namespace UnityEditor.XR.OpenXR.Features
{
    public static class FeatureHelpers
    {
        public static void RefreshFeatures(BuildTargetGroup group)
        {
        }

        public static OpenXRFeature GetFeatureWithIdForBuildTarget(BuildTargetGroup buildTargetGroup, string featureId)
        {
            return null;
        }
    }
}
