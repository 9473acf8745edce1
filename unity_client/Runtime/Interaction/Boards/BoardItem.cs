using System;

namespace SynthVR.Interaction
{
    /// <summary>One line or button of a board; mm from the board's top left corner, y down.</summary>
    public sealed class BoardItem
    {
        internal BoardItem(BoardItemKind kind, string text, in PanelArea area, bool isOn, Action pressed)
        {
            Kind = kind;
            Text = text ?? "";
            Area = area;
            IsOn = isOn;
            Pressed = pressed;
        }

        /// <summary>What it is.</summary>
        public BoardItemKind Kind { get; }

        /// <summary>What it says.</summary>
        public string Text { get; }

        /// <summary>Where it stands.</summary>
        public PanelArea Area { get; }

        /// <summary>Of a toggle: whether it is on. Of a button: whether it is the chosen one.</summary>
        public bool IsOn { get; }

        /// <summary>What a press does; null where there is nothing to press.</summary>
        public Action Pressed { get; }
    }
}
