using System;
using SynthVR.Interaction;
using UnityEngine;
using UnityEngine.InputSystem;
using UnityEngine.XR.Interaction.Toolkit.Inputs.Readers;

namespace SynthVR.Views
{
    /// <summary>
    /// What one controller says, through the XR Interaction Toolkit's readers: their actions are made here, so that a
    /// scene needs no input asset, and can be replaced in the inspector, as for a simulator.
    /// </summary>
    [Serializable]
    public sealed class ControllerReaders
    {
        [SerializeField] private XRInputValueReader<float> _isTracked;
        [SerializeField] private XRInputValueReader<Vector3> _aimPosition;
        [SerializeField] private XRInputValueReader<Quaternion> _aimRotation;
        [SerializeField] private XRInputValueReader<Vector3> _gripPosition;
        [SerializeField] private XRInputValueReader<Quaternion> _gripRotation;
        [SerializeField] private XRInputValueReader<Vector2> _stick;
        [SerializeField] private XRInputValueReader<float> _select;
        [SerializeField] private XRInputValueReader<float> _squeeze;
        [SerializeField] private XRInputValueReader<float> _reset;
        [SerializeField] private XRInputValueReader<float> _remove;
        [SerializeField] private XRInputValueReader<float> _menu;

        /// <summary>The right one's: Unity makes one without asking which.</summary>
        public ControllerReaders()
            : this(false)
        {
        }

        /// <summary>The readers of the left or the right controller, by OpenXR's names.</summary>
        public ControllerReaders(bool isLeft)
        {
            string hand = isLeft ? "<XRController>{LeftHand}/" : "<XRController>{RightHand}/";
            _isTracked = Button(hand + "isTracked");
            _aimPosition = Reader<Vector3>(hand + "pointerPosition", "Vector3");
            _aimRotation = Reader<Quaternion>(hand + "pointerRotation", "Quaternion");
            _gripPosition = Reader<Vector3>(hand + "devicePosition", "Vector3");
            _gripRotation = Reader<Quaternion>(hand + "deviceRotation", "Quaternion");
            _stick = Reader<Vector2>(hand + "{Primary2DAxis}", "Vector2");
            _select = Button(hand + "{TriggerButton}");
            _squeeze = Button(hand + "{GripButton}");
            _reset = Button(hand + "{PrimaryButton}");
            _remove = Button(hand + "{SecondaryButton}");
            _menu = Button(hand + "{MenuButton}");
        }

        internal bool IsTracked => IsDown(_isTracked);

        internal Pose Aim => new Pose(_aimPosition.ReadValue(), _aimRotation.ReadValue());

        internal Pose Grip => new Pose(_gripPosition.ReadValue(), _gripRotation.ReadValue());

        internal Vector2 Stick => _stick.ReadValue();

        internal bool IsMenuDown => IsDown(_menu);

        internal HandButtons Buttons =>
            (IsDown(_select) ? HandButtons.Select : HandButtons.None)
            | (IsDown(_squeeze) ? HandButtons.Squeeze : HandButtons.None)
            | (IsDown(_reset) ? HandButtons.Reset : HandButtons.None)
            | (IsDown(_remove) ? HandButtons.Remove : HandButtons.None);

        internal void Enable(bool isEnabled)
        {
            Enable(_isTracked, isEnabled);
            Enable(_aimPosition, isEnabled);
            Enable(_aimRotation, isEnabled);
            Enable(_gripPosition, isEnabled);
            Enable(_gripRotation, isEnabled);
            Enable(_stick, isEnabled);
            Enable(_select, isEnabled);
            Enable(_squeeze, isEnabled);
            Enable(_reset, isEnabled);
            Enable(_remove, isEnabled);
            Enable(_menu, isEnabled);
        }

        private static bool IsDown(XRInputValueReader<float> button) => button.ReadValue() > 0.5f;

        private static XRInputValueReader<float> Button(string path) => Reader<float>(path, "Button");

        private static XRInputValueReader<T> Reader<T>(string path, string control)
            where T : struct
        {
            var action = new InputAction(path, InputActionType.Value, path, null, null, control);
            return new XRInputValueReader<T>(path, XRInputValueReader.InputSourceMode.InputAction)
            {
                inputAction = action
            };
        }

        private static void Enable(XRInputValueReader reader, bool isEnabled)
        {
            if (isEnabled)
            {
                reader.EnableDirectActionIfModeUsed();
            }
            else
            {
                reader.DisableDirectActionIfModeUsed();
            }
        }
    }
}
