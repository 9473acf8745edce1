using System;
using SynthVR.Interaction;
using UnityEngine;
using UnityEngine.Rendering;

namespace SynthVR.Views
{
    /// <summary>
    /// Triangles on their way into a mesh: filled shapes and glyphs with a colour each. Kept and used again, so that a
    /// mesh that changes every frame allocates nothing once it has been as large as it gets. Seen along +z, as panels
    /// are; in whatever unit its mesh is.
    /// </summary>
    internal sealed class Ink
    {
        private Vector3[] _points = new Vector3[256];
        private Color32[] _colours = new Color32[256];
        private Vector3[] _places = new Vector3[256]; // in the glyphs' texture; z is 1 for a glyph
        private int[] _corners = new int[512];
        private int _cornerCount;

        internal int Count { get; private set; }

        internal void Clear()
        {
            Count = 0;
            _cornerCount = 0;
        }

        internal int Point(Vector3 point, Color32 colour) => Point(point, colour, Vector3.zero);

        internal int Point(Vector3 point, Color32 colour, Vector3 place)
        {
            if (Count == _points.Length)
            {
                Array.Resize(ref _points, 2 * Count);
                Array.Resize(ref _colours, 2 * Count);
                Array.Resize(ref _places, 2 * Count);
            }
            _points[Count] = point;
            _colours[Count] = colour;
            _places[Count] = place;
            return Count++;
        }

        /// <summary>Clockwise as seen from the front.</summary>
        internal void Triangle(int one, int two, int three)
        {
            if (_cornerCount + 3 > _corners.Length)
            {
                Array.Resize(ref _corners, 2 * _corners.Length);
            }
            _corners[_cornerCount++] = one;
            _corners[_cornerCount++] = two;
            _corners[_cornerCount++] = three;
        }

        /// <summary>Clockwise as seen from the front.</summary>
        internal void Quad(Vector3 one, Vector3 two, Vector3 three, Vector3 four, Color32 colour)
        {
            int first = Point(one, colour);
            Point(two, colour);
            Point(three, colour);
            Point(four, colour);
            Triangle(first, first + 1, first + 2);
            Triangle(first, first + 2, first + 3);
        }

        internal void Rectangle(float x, float y, float width, float height, float z, Color32 colour)
        {
            float left = x - width / 2f;
            float right = x + width / 2f;
            float top = y + height / 2f;
            float bottom = y - height / 2f;
            Quad(
                new Vector3(left, top, z),
                new Vector3(right, top, z),
                new Vector3(right, bottom, z),
                new Vector3(left, bottom, z),
                colour);
        }

        internal void Disc(float x, float y, float radius, float z, int sides, Color32 colour)
        {
            int middle = Point(new Vector3(x, y, z), colour);
            for (int side = 0; side <= sides; side++)
            {
                float turn = side * 2f * Mathf.PI / sides;
                Point(new Vector3(x + radius * Mathf.Sin(turn), y + radius * Mathf.Cos(turn), z), colour);
                if (side > 0)
                {
                    Triangle(middle, middle + side, middle + side + 1);
                }
            }
        }

        /// <summary>A line of a width in the plane of the face.</summary>
        internal void Line(Vector3 from, Vector3 to, float width, Color32 colour)
        {
            Vector3 way = to - from;
            Vector3 aside = new Vector3(-way.y, way.x, 0f).normalized * (width / 2f);
            Quad(from + aside, to + aside, to - aside, from - aside, colour);
        }

        /// <summary>Moves and turns what has been drawn since there were <paramref name="first"/> points.</summary>
        internal void Place(int first, Vector3 place, Quaternion turn)
        {
            for (int index = first; index < Count; index++)
            {
                _points[index] = place + turn * _points[index];
            }
        }

        /// <summary>Hands over to a mesh what has been drawn.</summary>
        internal void Upload(Mesh mesh)
        {
            mesh.Clear(false);
            mesh.indexFormat = Count > ushort.MaxValue ? IndexFormat.UInt32 : IndexFormat.UInt16;
            mesh.SetVertices(_points, 0, Count);
            mesh.SetColors(_colours, 0, Count);
            mesh.SetUVs(0, _places, 0, Count);
            mesh.SetTriangles(_corners, 0, _cornerCount, 0, true, 0);
        }

        internal static Color32 Colour(in Rgb colour, float alpha = 1f)
        {
            return new Color32(Byte(colour.Red), Byte(colour.Green), Byte(colour.Blue), Byte(alpha));
        }

        internal static Color32 Grey(byte level) => new Color32(level, level, level, 255);

        /// <summary>Of a hue in degrees, as people and families have one.</summary>
        internal static Color32 Hue(int degrees, float saturation, float value)
        {
            return Color.HSVToRGB(Mathf.Repeat(degrees, 360f) / 360f, saturation, value);
        }

        private static byte Byte(float part) => (byte)Mathf.RoundToInt(255f * Mathf.Clamp01(part));
    }
}
