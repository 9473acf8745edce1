using System;
using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Protocol;

namespace SynthVR.QuestRack
{
    /// <summary>A voice of three modules as one edit: VCO → VCA → Output.</summary>
    public static class Voice
    {
        private const double BetweenMm = 76.2; // from centre to centre: 15 HP
        private const double RowMm = 133.35; // height of a row of modules

        /// <summary>The commands, for a row below what hangs in the patch; all of them count, or none.</summary>
        public static Command[] Commands(PatchEditor editor, PatchState patch)
        {
            double y = Lowest(patch) - RowMm;
            string oscillator = editor.NewId("vco");
            string amplifier = editor.NewId("vca");
            string output = editor.NewId("output");
            return new Command[]
            {
                new AddModule(oscillator, new PlacedModule("vco", position: At(-1, y), knobs: Knob("frequency", -12))),
                new AddModule(amplifier, new PlacedModule("vca", position: At(0, y), knobs: Knob("level", 0.3))),
                new AddModule(output, new PlacedModule("output", position: At(1, y))),
                new Connect(editor.NewId("cable"), Cable(oscillator, "saw", amplifier, "audio")),
                new Connect(editor.NewId("cable"), Cable(amplifier, "out", output, "left")),
            };
        }

        private static double Lowest(PatchState patch)
        {
            double lowest = 0;
            foreach (PlacedModule module in patch.Modules.Values)
            {
                lowest = Math.Min(lowest, module.Position.Y);
            }
            return lowest;
        }

        private static Vector At(int place, double y)
        {
            return new Vector(place * BetweenMm, y, 0);
        }

        private static Dictionary<string, double> Knob(string knob, double value)
        {
            return new Dictionary<string, double> { { knob, value } };
        }

        private static Cable Cable(string from, string output, string to, string input)
        {
            return new Cable(new JackId(from, output), new JackId(to, input));
        }
    }
}
