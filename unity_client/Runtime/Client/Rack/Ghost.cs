using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// A module that the catalogue does not know: its panel is made up from the cables that still hang in it.
    /// </summary>
    internal static class Ghost
    {
        private const double Width = 8 * 5.08; // mm
        private const double Height = 128.5;
        private const int Columns = 3;
        private const double Pitch = 13;
        private const double Top = 46;

        public static ModuleInfo Info(string id, PlacedModule module, PatchState patch)
        {
            var inputs = new List<InputInfo>();
            var outputs = new List<OutputInfo>();
            var places = new Dictionary<string, PanelPoint>();
            foreach (string cable in patch.CablesOf(id))
            {
                Cable ends = patch.Cables[cable];
                if (ends.To.Module == id && IsNew(ends.To.Jack, places))
                {
                    inputs.Add(new InputInfo(ends.To.Jack, ends.To.Jack, Kind.Cv, 0, ""));
                }
                if (ends.From.Module == id && IsNew(ends.From.Jack, places))
                {
                    outputs.Add(new OutputInfo(ends.From.Jack, ends.From.Jack, Kind.Cv, ""));
                }
            }
            return new ModuleInfo(
                module.Type, module.Type,
                "Nobody here knows this module: it makes no sound, and is saved back untouched.",
                new[] { "ghost" }, inputs, outputs, new KnobInfo[0], false, 0, false, new Panel(Width, Height, places), false);
        }

        private static bool IsNew(string jack, Dictionary<string, PanelPoint> places)
        {
            if (places.ContainsKey(jack))
            {
                return false;
            }
            int column = places.Count % Columns;
            int row = places.Count / Columns;
            places[jack] = new PanelPoint(Width / 2 + (column - (Columns - 1) / 2.0) * Pitch, Top + row * Pitch);
            return true;
        }
    }
}
