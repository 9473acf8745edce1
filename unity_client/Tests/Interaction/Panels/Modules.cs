using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Interaction.Tests
{
    /// <summary>Modules as the catalogue has them.</summary>
    internal static class Modules
    {
        internal static readonly KnobInfo Level = Knob("level", 0, 1);
        internal static readonly KnobInfo Slope = Knob("slope", 0, 1, "12 dB", "24 dB");
        internal static readonly KnobInfo Scale = Knob("scale", 0, 2, "off", "major", "minor");

        /// <summary>As `synthvr modules` prints it.</summary>
        internal static ModuleInfo Vca()
        {
            var places = new Dictionary<string, PanelPoint>
            {
                { "level", new PanelPoint(10.16, 21.0) },
                { "curve", new PanelPoint(25.4, 21.0) },
                { "audio", new PanelPoint(10.16, 35.0) },
                { "cv", new PanelPoint(25.4, 35.0) },
                { "out", new PanelPoint(17.78, 105.0) },
            };
            KnobInfo[] knobs = { Level, Knob("curve", 0, 1) };
            return Of(knobs, new[] { "audio", "cv" }, new[] { "out" }, new Panel(35.56, 128.5, places));
        }

        internal static ModuleInfo WithoutPlaces(KnobInfo[] knobs, string[] inputs, string[] outputs)
        {
            return Of(knobs, inputs, outputs, new Panel(0, 0, new Dictionary<string, PanelPoint>()));
        }

        internal static ModuleInfo Of(KnobInfo[] knobs, string[] inputs, string[] outputs, Panel panel)
        {
            var ins = new List<InputInfo>();
            foreach (string id in inputs)
            {
                ins.Add(new InputInfo(id, id, Kind.Audio, 0, ""));
            }
            var outs = new List<OutputInfo>();
            foreach (string id in outputs)
            {
                outs.Add(new OutputInfo(id, id, Kind.Audio, ""));
            }
            string[] tags = { "tests" };
            return new ModuleInfo("module", "Module", "For tests.", tags, ins, outs, knobs, false, 0, false, panel, false);
        }

        internal static KnobInfo Knob(string id, double minimum, double maximum, params string[] choices)
        {
            return new KnobInfo(id, id, minimum, maximum, minimum, "", KnobScale.Linear, choices, "");
        }

        internal static string[] Names(string stem, int count)
        {
            var names = new string[count];
            for (int index = 0; index < count; index++)
            {
                names[index] = stem + index;
            }
            return names;
        }
    }
}
