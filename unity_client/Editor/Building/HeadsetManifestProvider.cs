using System;
using System.Collections.Generic;
using System.Linq;
using SynthVR.Checks;
using Unity.XR.Management.AndroidManifest.Editor;
using UnityEngine.XR.OpenXR;

namespace SynthVR.Editor
{
    /// <summary>Hands our part of the Android manifest to XR Plug-in Management, which finds this class.</summary>
    internal sealed class HeadsetManifestProvider : IAndroidManifestRequirementProvider
    {
        public ManifestRequirement ProvideManifestRequirement()
        {
            return new ManifestRequirement
            {
                SupportedXRLoaders = new HashSet<Type> { typeof(OpenXRLoader) },
                NewElements = HeadsetManifest.Added.Select(Element).ToList(),
            };
        }

        private static ManifestElement Element(ManifestEntry entry)
        {
            return new ManifestElement
            {
                ElementPath = entry.Path.ToList(),
                Attributes = entry.Attributes.ToDictionary(each => each.Key, each => each.Value),
            };
        }
    }
}
