using System;
using SynthVR.Protocol;

namespace SynthVR.Interaction
{
    /// <summary>
    /// What is where on the panel of one module type, in mm from its top left corner (x right, y down): made once
    /// from the catalogue, then only looked at. Sizes are the browser's.
    /// </summary>
    public sealed class PanelLayout
    {
        private const float TitleHeight = 11f;

        private PanelLayout(ModuleInfo info, Panel panel)
        {
            Info = info;
            Width = (float)panel.Width;
            Height = (float)panel.Height;
            Title = new PanelArea(Width / 2f, TitleHeight / 2f, Width, TitleHeight);
            Controls = PanelControls.Of(info, panel);
            Scope = ScopeRoom.On(Controls, Title.Bottom, Width, Height);
        }

        /// <summary>The module's entry in the catalogue.</summary>
        public ModuleInfo Info { get; }

        /// <summary>From left to right.</summary>
        public float Width { get; }

        /// <summary>From top to bottom.</summary>
        public float Height { get; }

        /// <summary>The title's line: the panel is taken hold of there, or anywhere that no control is.</summary>
        public PanelArea Title { get; }

        /// <summary>Knobs and switches, then inputs, then outputs. Do not change it.</summary>
        public PlacedControl[] Controls { get; }

        /// <summary>The largest free room across the panel, for a scope; empty where there is too little.</summary>
        public PanelArea Scope { get; }

        /// <summary>
        /// Lays out a module. Where the server's places are missing, or lie beside the panel, the server's own rule
        /// is used.
        /// </summary>
        public static PanelLayout Of(ModuleInfo info)
        {
            return new PanelLayout(info, IsUsable(info, info.Panel) ? info.Panel : PanelRule.Of(info));
        }

        /// <summary>
        /// The control at a place, as its index in <see cref="Controls"/>: the nearest that is no further away than
        /// <paramref name="reach"/> mm; −1 for none.
        /// </summary>
        public int ControlAt(float x, float y, float reach)
        {
            int nearest = -1;
            float least = float.PositiveInfinity;
            for (int index = 0; index < Controls.Length; index++)
            {
                float distance = Controls[index].DistanceTo(x, y);
                if (distance <= reach && distance < least)
                {
                    nearest = index;
                    least = distance;
                }
            }
            return nearest;
        }

        /// <summary>The control of an id, as its index in <see cref="Controls"/>; −1 for none.</summary>
        public int Find(string id)
        {
            for (int index = 0; index < Controls.Length; index++)
            {
                if (string.Equals(Controls[index].Id, id, StringComparison.Ordinal))
                {
                    return index;
                }
            }
            return -1;
        }

        private static bool IsUsable(ModuleInfo info, Panel panel)
        {
            if (panel == null || panel.Places == null || !(panel.Width > 0.0) || !(panel.Height > 0.0)
                || panel.Width > 10000.0 || panel.Height > 10000.0)
            {
                return false;
            }
            bool usable = true;
            foreach (KnobInfo knob in info.Knobs)
            {
                usable &= IsOn(panel, knob.Id);
            }
            foreach (InputInfo input in info.Inputs)
            {
                usable &= IsOn(panel, input.Id);
            }
            foreach (OutputInfo output in info.Outputs)
            {
                usable &= IsOn(panel, output.Id);
            }
            return usable;
        }

        private static bool IsOn(Panel panel, string id)
        {
            return panel.Places.TryGetValue(id, out PanelPoint place)
                && place.X >= 0.0 && place.X <= panel.Width && place.Y >= 0.0 && place.Y <= panel.Height;
        }
    }
}
