using System;

namespace SynthVR.Interaction
{
    /// <summary>A knob, switch, button or jack in its place on a panel; mm from the panel's top left corner.</summary>
    public readonly struct PlacedControl
    {
        /// <summary>What it is.</summary>
        public readonly ControlKind Kind;

        /// <summary>Its id within the module.</summary>
        public readonly string Id;

        /// <summary>Where the catalogue has it: its place among the module's knobs, inputs or outputs.</summary>
        public readonly int Index;

        /// <summary>What is drawn of it: a circle as wide as this for knobs and jacks, a box for the others.</summary>
        public readonly PanelArea Body;

        /// <summary>The line for its label, centred.</summary>
        public readonly PanelArea Label;

        /// <summary>Text on the panel.</summary>
        public readonly string Text;

        internal PlacedControl(
            ControlKind kind, string id, int index, in PanelArea body, in PanelArea label, string text)
        {
            Kind = kind;
            Id = id;
            Index = index;
            Body = body;
            Label = label;
            Text = text;
        }

        /// <summary>Whether a cable can be plugged into it.</summary>
        public bool IsJack => Kind == ControlKind.Input || Kind == ControlKind.Output;

        /// <summary>Half the width of what is drawn.</summary>
        public float Radius => Body.Width / 2f;

        /// <summary>The distance in mm of a place on the panel from its edge; 0 within.</summary>
        public float DistanceTo(float x, float y)
        {
            if (Kind == ControlKind.Switch || Kind == ControlKind.Button)
            {
                return Body.DistanceTo(x, y);
            }
            float beside = x - Body.X;
            float above = y - Body.Y;
            return Math.Max(0f, (float)Math.Sqrt(beside * beside + above * above) - Radius);
        }
    }
}
