using System;

namespace SynthVR.Interaction
{
    /// <summary>A rectangle on a panel, in mm from the panel's top left corner: x right, y down.</summary>
    public readonly struct PanelArea
    {
        /// <summary>x of its centre.</summary>
        public readonly float X;

        /// <summary>y of its centre.</summary>
        public readonly float Y;

        /// <summary>From left to right.</summary>
        public readonly float Width;

        /// <summary>From top to bottom.</summary>
        public readonly float Height;

        /// <summary>By its centre and size in mm.</summary>
        public PanelArea(float x, float y, float width, float height)
        {
            X = x;
            Y = y;
            Width = width;
            Height = height;
        }

        /// <summary>y of its upper edge.</summary>
        public float Top => Y - Height / 2f;

        /// <summary>y of its lower edge.</summary>
        public float Bottom => Y + Height / 2f;

        /// <summary>Whether it has no size.</summary>
        public bool IsEmpty => !(Width > 0f && Height > 0f);

        /// <summary>The distance in mm of a place from its edge; 0 within.</summary>
        public float DistanceTo(float x, float y)
        {
            float beside = Math.Max(0f, Math.Abs(x - X) - Width / 2f);
            float above = Math.Max(0f, Math.Abs(y - Y) - Height / 2f);
            return (float)Math.Sqrt(beside * beside + above * above);
        }
    }
}
