using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>A module with one thing different.</summary>
    internal static class ChangedModule
    {
        public static PlacedModule At(this PlacedModule module, Vector position, Rotation rotation)
        {
            return new PlacedModule(module.Type, module.Knobs, position, rotation, module.Label, module.Data);
        }

        public static PlacedModule Labelled(this PlacedModule module, string label)
        {
            return new PlacedModule(module.Type, module.Knobs, module.Position, module.Rotation, label, module.Data);
        }

        public static PlacedModule WithKnob(this PlacedModule module, string knob, double value)
        {
            Dictionary<string, double> knobs = Copy(module.Knobs);
            knobs[knob] = value;
            return new PlacedModule(
                module.Type, knobs, module.Position, module.Rotation, module.Label, module.Data);
        }

        /// <summary>Null removes the text.</summary>
        public static PlacedModule WithData(this PlacedModule module, string key, string text)
        {
            Dictionary<string, string> data = Copy(module.Data);
            data.Remove(key);
            if (text != null)
            {
                data[key] = text;
            }
            return new PlacedModule(
                module.Type, module.Knobs, module.Position, module.Rotation, module.Label, data);
        }

        private static Dictionary<string, T> Copy<T>(IReadOnlyDictionary<string, T> map)
        {
            var copy = new Dictionary<string, T>(map.Count + 1);
            foreach (KeyValuePair<string, T> entry in map)
            {
                copy[entry.Key] = entry.Value;
            }
            return copy;
        }
    }
}
