using UnityEngine;

namespace Unity.XR.CoreUtils
{
    public class XROrigin : MonoBehaviour
    {
        public enum TrackingOriginMode
        {
            NotSpecified,
            Device,
            Floor,
        }

        public Camera Camera { get; set; }

        public GameObject Origin { get; set; }

        public GameObject CameraFloorOffsetObject { get; set; }

        public TrackingOriginMode RequestedTrackingOriginMode { get; set; }
    }
}
