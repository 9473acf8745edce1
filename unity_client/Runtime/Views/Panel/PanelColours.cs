using SynthVR.Client;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>The colours of panels: dark, since a white rack lights up the whole room behind the lenses.</summary>
    internal static class PanelColours
    {
        internal static readonly Color32 Face = new Color32(38, 40, 48, 255);
        internal static readonly Color32 GhostFace = new Color32(30, 30, 34, 255);
        internal static readonly Color32 FailedFace = new Color32(72, 30, 32, 255);
        internal static readonly Color32 Side = new Color32(20, 21, 26, 255);
        internal static readonly Color32 OutputPlate = new Color32(58, 61, 72, 255);
        internal static readonly Color32 Recess = new Color32(24, 25, 30, 255);
        internal static readonly Color32 Mark = new Color32(120, 124, 136, 255);
        internal static readonly Color32 Hole = new Color32(8, 8, 10, 255);
        internal static readonly Color32 Switch = new Color32(74, 79, 96, 255);
        internal static readonly Color32 Text = new Color32(226, 228, 234, 255);
        internal static readonly Color32 DotOn = new Color32(255, 196, 92, 255);

        /// <summary>The line under a title: the hue of the module's family, spread by its name.</summary>
        internal static Color32 Family(ModuleInfo info)
        {
            string family = Catalogue.Family(info);
            int sum = 0;
            for (int index = 0; index < family.Length; index++)
            {
                sum = (sum * 31 + family[index]) % 3600;
            }
            return Ink.Hue(sum % 360, 0.55f, 0.86f);
        }
    }
}
