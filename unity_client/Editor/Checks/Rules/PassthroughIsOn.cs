using System.Collections.Generic;
using System.Linq;

namespace SynthVR.Checks
{
    /// <summary>The room is shown where it can be.</summary>
    internal sealed class PassthroughIsOn : ProjectRule
    {
        public override string Sentence =>
            "With com.unity.xr.meta-openxr installed, its features Meta Quest: Session and Camera (Passthrough) are on, "
            + "and Composition Layers Support where it is there.";

        public override string Reason =>
            "The setting See the room would show the night, or the build would fail; without that package neither does.";

        public override bool IsMet(IProject project)
        {
            return Needed(project.Xr).All(project.Xr.IsOn);
        }

        public override void Fix(IProject project)
        {
            foreach (string feature in Needed(project.Xr))
            {
                project.Xr.TurnOn(feature);
            }
        }

        private static IEnumerable<string> Needed(IXrSettings xr)
        {
            if (!xr.CanShowTheRoom)
            {
                yield break;
            }
            yield return OpenXrFeature.RoomSession;
            yield return OpenXrFeature.RoomCamera;
            if (xr.Has(OpenXrFeature.CompositionLayers))
            {
                yield return OpenXrFeature.CompositionLayers; // Meta OpenXR 2.2 and later do not build without
            }
        }
    }
}
