using System.Linq;
using UnityEngine.XR.OpenXR;
using UnityEngine.XR.OpenXR.Features;

namespace UnityEditor.XR.OpenXR.Features
{
    public static class FeatureHelpers
    {
        /// <summary>Leaves out those whose script is missing; the highest priority comes first.</summary>
        public static void RefreshFeatures(BuildTargetGroup group)
        {
            OpenXRSettings kept = OpenXRSettings.Kept;
            if (kept != null)
            {
                OpenXRFeature[] sorted =
                    kept.Features.Where(each => each != null).OrderByDescending(each => each.Priority).ToArray();
                kept.Features.Clear();
                kept.Features.AddRange(sorted);
            }
        }

        /// <summary>The first of that id; there may be more.</summary>
        public static OpenXRFeature GetFeatureWithIdForBuildTarget(BuildTargetGroup buildTargetGroup, string featureId)
        {
            return OpenXRSettings.Kept?.Features.FirstOrDefault(each => each.Id == featureId);
        }
    }
}
