using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// The real room behind the rack: the camera clears to nothing, so that what is not drawn lets it through, and AR
    /// Foundation's camera manager asks the headset to show it (with OpenXR on Quest nothing else may). It is found by
    /// name on the camera, so that the package does not need AR Foundation: a project without it shows night.
    /// </summary>
    internal sealed class Passthrough
    {
        private static readonly Color Night = new Color(0.035f, 0.04f, 0.055f, 1f);

        private readonly Camera _camera;

        internal Passthrough(Camera camera)
        {
            _camera = camera;
        }

        /// <summary>Why the room cannot be seen, for people; empty where it can.</summary>
        internal string Problem =>
            _camera.GetComponent("ARCameraManager") == null ? "This build cannot: it lacks AR Foundation." : "";

        internal void Show(bool isSeen)
        {
            var manager = _camera.GetComponent("ARCameraManager") as Behaviour;
            _camera.clearFlags = CameraClearFlags.SolidColor;
            _camera.backgroundColor = isSeen && manager != null ? Color.clear : Night;
            if (manager != null)
            {
                manager.enabled = isSeen;
            }
        }
    }
}
