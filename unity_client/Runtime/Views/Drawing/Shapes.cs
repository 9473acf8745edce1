using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// The meshes that are drawn many times, made in code: shading is painted into their corners, since nothing is lit.
    /// One is the radius; the face is seen along +z.
    /// </summary>
    internal static class Shapes
    {
        private const int Sides = 20;

        /// <summary>A cap 1.1 high with a pointer that shows straight up.</summary>
        internal static Mesh Knob()
        {
            var ink = new Ink();
            const float high = -1.1f;
            for (int side = 0; side < Sides; side++)
            {
                Vector3 from = Rim(side, 1f, 0f);
                Vector3 to = Rim(side + 1, 1f, 0f);
                Color32 shade = Ink.Grey((byte)(44 + 34 * Mathf.Max(0f, from.y)));
                ink.Quad(from, to, Rim(side + 1, 0.88f, high), Rim(side, 0.88f, high), shade);
            }
            ink.Disc(0f, 0f, 0.88f, high, Sides, Ink.Grey(84));
            ink.Rectangle(0f, 0.5f, 0.15f, 0.7f, high - 0.02f, Ink.Grey(250));
            return Made("Knob", ink);
        }

        /// <summary>A flat ring from 1 to 1.45 around a jack.</summary>
        internal static Mesh Ring()
        {
            var ink = new Ink();
            for (int side = 0; side < Sides; side++)
            {
                ink.Quad(
                    Rim(side, 1.45f, 0f),
                    Rim(side + 1, 1.45f, 0f),
                    Rim(side + 1, 1f, 0f),
                    Rim(side, 1f, 0f),
                    Ink.Grey(255));
            }
            return Made("Ring", ink);
        }

        /// <summary>A ball of eight triangles cut once: a head, a fingertip, a hand that somebody else has.</summary>
        internal static Mesh Ball()
        {
            var ink = new Ink();
            for (int band = 0; band < Sides / 2; band++)
            {
                for (int side = 0; side < Sides; side++)
                {
                    ink.Quad(
                        OnBall(band, side), OnBall(band, side + 1), OnBall(band + 1, side + 1), OnBall(band + 1, side),
                        Ink.Grey((byte)(245 - 9 * band)));
                }
            }
            return Made("Ball", ink);
        }

        /// <summary>A square of side 2, for what lights up behind a button.</summary>
        internal static Mesh Square()
        {
            var ink = new Ink();
            ink.Rectangle(0f, 0f, 2f, 2f, 0f, Ink.Grey(255));
            return Made("Square", ink);
        }

        private static Mesh Made(string name, Ink ink)
        {
            var mesh = new Mesh { name = name };
            ink.Upload(mesh);
            return mesh;
        }

        private static Vector3 Rim(int side, float radius, float z)
        {
            float turn = side * 2f * Mathf.PI / Sides;
            return new Vector3(radius * Mathf.Sin(turn), radius * Mathf.Cos(turn), z);
        }

        /// <summary>Bands go down from the top, sides to the right as seen from −z.</summary>
        private static Vector3 OnBall(int band, int side)
        {
            float down = band * Mathf.PI / (Sides / 2);
            float round = side * 2f * Mathf.PI / Sides;
            return new Vector3(
                Mathf.Sin(down) * Mathf.Sin(round), Mathf.Cos(down), -Mathf.Sin(down) * Mathf.Cos(round));
        }
    }
}
