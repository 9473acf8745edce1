using System;
using UnityEngine.InputSystem;

namespace UnityEngine.XR.Interaction.Toolkit.Inputs.Readers
{
    public interface IXRInputValueReader
    {
    }

    public interface IXRInputValueReader<TValue> : IXRInputValueReader
        where TValue : struct
    {
        TValue ReadValue();

        bool TryReadValue(out TValue value);
    }

    public abstract class XRInputValueReader
    {
        public enum InputSourceMode
        {
            Unused,
            InputAction,
            InputActionReference,
            ObjectReference,
            ManualValue,
        }

        public InputSourceMode inputSourceMode { get; set; }

        public InputAction inputAction { get; set; }

        public void EnableDirectActionIfModeUsed()
        {
        }

        public void DisableDirectActionIfModeUsed()
        {
        }
    }

    [Serializable]
    public class XRInputValueReader<TValue> : XRInputValueReader, IXRInputValueReader<TValue>
        where TValue : struct
    {
        public XRInputValueReader()
        {
        }

        public XRInputValueReader(
            string name = null, InputSourceMode inputSourceMode = InputSourceMode.InputActionReference)
        {
        }

        public TValue ReadValue() => default(TValue);

        public bool TryReadValue(out TValue value)
        {
            value = default(TValue);
            return false;
        }
    }
}
