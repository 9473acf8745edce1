namespace UnityEngine.InputSystem
{
    public struct InputActionProperty
    {
        public InputActionProperty(InputAction action)
        {
        }
    }
}

namespace UnityEngine.InputSystem.XR
{
    public class TrackedPoseDriver : MonoBehaviour
    {
        public InputActionProperty positionInput { get; set; }

        public InputActionProperty rotationInput { get; set; }

        public InputActionProperty trackingStateInput { get; set; }
    }
}
