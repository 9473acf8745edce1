using SynthVR.Interaction;
using Unity.XR.CoreUtils;
using UnityEngine;
using UnityEngine.XR;

namespace SynthVR.Views
{
    /// <summary>
    /// Both hands of the player, whether they hold controllers or nothing; and pulses for the controllers.
    /// </summary>
    public sealed class HandsInput : MonoBehaviour
    {
        /// <summary>The controller's tip is this far before where it points from, mm.</summary>
        private const float TipMm = 30f;

        [SerializeField] private ControllerReaders _left = new ControllerReaders(true);
        [SerializeField] private ControllerReaders _right = new ControllerReaders(false);

        private readonly TrackedHands _tracked = new TrackedHands();
        private Transform _space;
        private Transform _head;
        private bool _wasMenuDown;

        /// <summary>The left hand of this frame.</summary>
        public HandFrame Left { get; private set; } = HandFrame.Lost;

        /// <summary>The right hand of this frame.</summary>
        public HandFrame Right { get; private set; } = HandFrame.Lost;

        /// <summary>Whether a controller's menu button has just been pressed.</summary>
        public bool HasPressedMenu { get; private set; }

        /// <summary>The head in the room.</summary>
        public Pose3 Head => RoomSpace.Of(_head);

        internal TrackedHands Tracked => _tracked;

        internal Transform Space => _space;

        internal void Begin(XROrigin origin)
        {
            GameObject offset = origin.CameraFloorOffsetObject;
            _space = offset != null ? offset.transform : origin.transform;
            _head = origin.Camera.transform;
        }

        internal void Read(float seconds)
        {
            _tracked.Look(seconds);
            Left = Read(true, _left, seconds);
            Right = Read(false, _right, seconds);
            bool isMenuDown = _left.IsMenuDown || _right.IsMenuDown;
            HasPressedMenu = isMenuDown && !_wasMenuDown;
            _wasMenuDown = isMenuDown;
        }

        internal static void Feel(bool isLeft, HapticPulse pulse)
        {
            if (!pulse.IsNone)
            {
                InputDevice device = InputDevices.GetDeviceAtXRNode(isLeft ? XRNode.LeftHand : XRNode.RightHand);
                if (device.isValid)
                {
                    device.SendHapticImpulse(0u, pulse.Strength, pulse.Seconds);
                }
            }
        }

        private void OnEnable()
        {
            _left.Enable(true);
            _right.Enable(true);
        }

        private void OnDisable()
        {
            _left.Enable(false);
            _right.Enable(false);
        }

        private HandFrame Read(bool isLeft, ControllerReaders controller, float seconds)
        {
            if (!controller.IsTracked)
            {
                _tracked.TryRead(isLeft, _space, Head, seconds, out HandFrame bare);
                return bare;
            }
            Pose3 aim = InRoom(controller.Aim);
            Vector2 stick = controller.Stick;
            return new HandFrame(
                aim, InRoom(controller.Grip), aim.Position + aim.Away * TipMm, controller.Buttons, stick.x, stick.y);
        }

        private Pose3 InRoom(Pose pose)
        {
            return RoomSpace.Mm(_space.TransformPoint(pose.position), _space.rotation * pose.rotation);
        }
    }
}
