using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Interaction
{
    /// <summary>
    /// How large knobs, switches and jacks are on a panel, and where their labels stand: as in the browser.
    /// </summary>
    internal static class PanelControls
    {
        private const float LargestKnob = 4.8f; // radius
        private const float SmallestKnob = 2.6f;
        private const float KnobByWidth = 0.3f; // of the distance to its neighbours: room is left for arc and label
        private const float KnobByHeight = 0.275f;
        private const float KnobLabelSize = 2.5f;
        private const float KnobLabelBelow = 2.5f; // centre of the label below the knob's edge
        private const float SwitchHeight = 5.2f;
        private const float WidestSwitch = 14f;
        private const float SwitchLabelBelow = 3.9f; // a row of dots stands between
        private const float JackRadius = 3.1f;
        private const float JackLabelSize = 2.35f;
        private const float JackLabelBelow = 2.4f;
        private const float MostRoom = 19f;
        private const float SameLine = 6f; // places no further apart are in one row, or one column

        /// <summary>Everything on a panel that has a place for all of it.</summary>
        internal static PlacedControl[] Of(ModuleInfo info, Panel panel)
        {
            var controls = new List<PlacedControl>();
            for (int index = 0; index < info.Knobs.Count; index++)
            {
                controls.Add(KnobOf(info.Knobs[index], index, panel));
            }
            for (int index = 0; index < info.Inputs.Count; index++)
            {
                InputInfo input = info.Inputs[index];
                controls.Add(JackOf(ControlKind.Input, input.Id, index, input.Label, panel));
            }
            for (int index = 0; index < info.Outputs.Count; index++)
            {
                OutputInfo output = info.Outputs[index];
                controls.Add(JackOf(ControlKind.Output, output.Id, index, output.Label, panel));
            }
            return controls.ToArray();
        }

        private static PlacedControl KnobOf(KnobInfo knob, int index, Panel panel)
        {
            PanelPoint place = panel.Places[knob.Id];
            Room(panel, knob.Id, place, out float wide, out float high);
            var x = (float)place.X;
            var y = (float)place.Y;
            if (KnobRange.Of(knob).IsSwitch)
            {
                ControlKind kind = knob.Choices.Count == 2 ? ControlKind.Button : ControlKind.Switch;
                float width = Math.Max(SwitchHeight, Math.Min(WidestSwitch, wide - 1f));
                var box = new PanelArea(x, y, width, SwitchHeight);
                var below = new PanelArea(x, y + SwitchHeight / 2f + SwitchLabelBelow, wide - 0.6f, KnobLabelSize);
                return new PlacedControl(kind, knob.Id, index, box, below, knob.Label);
            }
            float radius = Math.Min(LargestKnob, Math.Min(wide * KnobByWidth, high * KnobByHeight));
            radius = Math.Max(SmallestKnob, radius);
            var cap = new PanelArea(x, y, 2f * radius, 2f * radius);
            var label = new PanelArea(x, y + radius + KnobLabelBelow, wide - 0.6f, KnobLabelSize);
            return new PlacedControl(ControlKind.Knob, knob.Id, index, cap, label, knob.Label);
        }

        private static PlacedControl JackOf(ControlKind kind, string id, int index, string text, Panel panel)
        {
            PanelPoint place = panel.Places[id];
            Room(panel, id, place, out float wide, out _);
            var x = (float)place.X;
            var y = (float)place.Y;
            var ring = new PanelArea(x, y, 2f * JackRadius, 2f * JackRadius);
            var label = new PanelArea(x, y + JackRadius + JackLabelBelow, wide - 1.2f, JackLabelSize);
            return new PlacedControl(kind, id, index, ring, label, text);
        }

        /// <summary>
        /// mm that something and its label may take up: to its neighbours in row and column, or to the edge.
        /// </summary>
        private static void Room(Panel panel, string id, PanelPoint place, out float wide, out float high)
        {
            wide = Math.Min(MostRoom, 2f * (float)Math.Min(place.X, panel.Width - place.X));
            high = MostRoom;
            foreach (KeyValuePair<string, PanelPoint> other in panel.Places)
            {
                var beside = (float)Math.Abs(other.Value.X - place.X);
                var above = (float)Math.Abs(other.Value.Y - place.Y);
                bool isOther = !string.Equals(other.Key, id, StringComparison.Ordinal);
                wide = isOther && above < SameLine ? Math.Min(wide, beside) : wide;
                high = isOther && beside < SameLine ? Math.Min(high, above) : high;
            }
        }
    }
}
