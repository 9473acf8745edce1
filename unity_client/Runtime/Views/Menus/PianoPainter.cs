using SynthVR.Interaction;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>Draws the keys of a piano, those that are down in another colour.</summary>
    internal sealed class PianoPainter
    {
        private const float BlackHigh = -4f; // mm before the white ones

        private static readonly Color32 White = new Color32(226, 226, 222, 255);
        private static readonly Color32 Black = new Color32(30, 30, 34, 255);
        private static readonly Color32 Down = new Color32(255, 196, 92, 255);
        private static readonly Color32 Back = new Color32(70, 72, 80, 255);

        private readonly Ink _ink = new Ink();

        /// <summary>Keys are counted from the left; −1 is none.</summary>
        internal void Draw(Mesh mesh, int oneDown, int otherDown)
        {
            _ink.Clear();
            _ink.Rectangle(0f, 0f, Piano.Width + 8f, Piano.Height + 8f, 0.5f, Back);
            DrawKeys(false, 0f, oneDown, otherDown);
            DrawKeys(true, BlackHigh, oneDown, otherDown);
            _ink.Upload(mesh);
        }

        private void DrawKeys(bool black, float z, int oneDown, int otherDown)
        {
            for (int key = 0; key < Piano.Keys; key++)
            {
                if (Piano.IsBlack(key) == black)
                {
                    PanelArea area = Piano.AreaOf(key);
                    float x = area.X - Piano.Width / 2f;
                    float y = Piano.Height / 2f - area.Y;
                    Color32 colour = key == oneDown || key == otherDown ? Down : black ? Black : White;
                    _ink.Rectangle(x, y, area.Width - 1f, area.Height, z, colour);
                }
            }
        }
    }
}
