using SynthVR.Client;
using SynthVR.Interaction;

namespace SynthVR.Views
{
    /// <summary>One of the knobs that are drawn together: which it is, and where on which panel.</summary>
    internal readonly struct DrawnKnob
    {
        internal readonly KnobId Id;
        internal readonly int Panel;
        internal readonly int Control;
        internal readonly KnobRange Range;
        internal readonly float Radius;
        internal readonly bool IsLit;

        internal DrawnKnob(KnobId id, int panel, int control, in KnobRange range, float radius, bool isLit)
        {
            Id = id;
            Panel = panel;
            Control = control;
            Range = range;
            Radius = radius;
            IsLit = isLit;
        }

        internal DrawnKnob Lit(bool isLit) => new DrawnKnob(Id, Panel, Control, Range, Radius, isLit);
    }
}
