using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    /// <summary>Two modules.</summary>
    internal static class FakeCatalogue
    {
        public static readonly IReadOnlyList<ModuleInfo> Modules = new[]
        {
            Module("vco", "VCO", "oscillators", "Pulses and saws.", new KnobInfo(
                "pitch", "Pitch", -5, 5, 1, "V", KnobScale.Linear, new string[0], "")),
            Module("vca", "VCA", "amplifiers", "As loud as a VCO wants it.", new KnobInfo(
                "level", "Level", 0, 1, 0.5, "", KnobScale.Linear, new string[0], ""))
        };

        public static ModuleInfo BeingMade(ModuleInfo module)
        {
            return new ModuleInfo(
                module.Id, module.Title, module.Description, module.Tags, module.Inputs, module.Outputs, module.Knobs,
                module.PlaysNotes, module.Latency, module.ByChance, module.Panel, true);
        }

        private static ModuleInfo Module(string id, string title, string family, string description, KnobInfo knob)
        {
            return new ModuleInfo(
                id, title, description, new[] { family }, new[] { new InputInfo("in", "In", Kind.Audio, 0, "") },
                new[] { new OutputInfo("out", "Out", Kind.Audio, "") }, new[] { knob }, false, 0, false,
                new Panel(40.64, 128.5, new Dictionary<string, PanelPoint>()), false);
        }
    }
}
