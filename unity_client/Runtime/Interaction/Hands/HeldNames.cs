using System;
using System.Collections.Generic;

namespace SynthVR.Interaction
{
    /// <summary>
    /// What both hands hold, as presence tells it: module, module/knob or module/jack. Text is built only when a hand
    /// takes something else.
    /// </summary>
    public sealed class HeldNames
    {
        private readonly List<string> _names = new List<string>(2);
        private string _leftModule;
        private string _leftControl;
        private string _rightModule;
        private string _rightControl;

        /// <summary>The names; the same list every time.</summary>
        public IReadOnlyList<string> Names => _names;

        /// <summary>Looks at the hands; a hand that holds nothing adds nothing.</summary>
        public void Look(RackHand left, RackHand right)
        {
            bool isSame = Is(left, _leftModule, _leftControl) && Is(right, _rightModule, _rightControl);
            if (isSame)
            {
                return;
            }
            _leftModule = left.Module;
            _leftControl = left.Control;
            _rightModule = right.Module;
            _rightControl = right.Control;
            _names.Clear();
            Add(_leftModule, _leftControl);
            Add(_rightModule, _rightControl);
        }

        private void Add(string module, string control)
        {
            if (module != null)
            {
                _names.Add(control == null ? module : module + "/" + control);
            }
        }

        private static bool Is(RackHand hand, string module, string control)
        {
            return string.Equals(hand.Module, module, StringComparison.Ordinal)
                && string.Equals(hand.Control, control, StringComparison.Ordinal);
        }
    }
}
