using System;

namespace UnityEngine.InputSystem
{
    public enum InputActionType
    {
        Value,
        Button,
        PassThrough,
    }

    public sealed class InputAction : IDisposable
    {
        public InputAction()
        {
        }

        public InputAction(
            string name = null, InputActionType type = default(InputActionType), string binding = null,
            string interactions = null, string processors = null, string expectedControlType = null)
        {
        }

        public void Dispose()
        {
        }
    }
}
