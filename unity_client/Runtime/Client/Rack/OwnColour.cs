using System;

namespace SynthVR.Client
{
    /// <summary>The colours that are offered to show us in, apart enough to be told from each other on a small hand.</summary>
    public static class OwnColour
    {
        private static readonly string[] Colours =
        {
            "", "#f0605a", "#f0a85a", "#e6e05a", "#6edc6e", "#5adcd2", "#5ab4f0", "#9a7df0", "#f07ac8"
        };

        private static readonly string[] Names =
        {
            "any", "red", "orange", "yellow", "green", "turquoise", "blue", "violet", "pink"
        };

        /// <summary>What people call it.</summary>
        public static string Name(string color) => Names[Math.Max(0, Array.IndexOf(Colours, color))];

        /// <summary>The one after it; any, which is the server's choice, is one of them.</summary>
        public static string Next(string color) => Colours[(Array.IndexOf(Colours, color) + 1) % Colours.Length];
    }
}
