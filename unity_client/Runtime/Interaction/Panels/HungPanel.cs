using System;

namespace SynthVR.Interaction
{
    /// <summary>A panel where it hangs; mm.</summary>
    public readonly struct HungPanel
    {
        /// <summary>Its centre; seen along +z of this pose.</summary>
        public readonly Pose3 Pose;

        /// <summary>From left to right.</summary>
        public readonly float Width;

        /// <summary>From top to bottom.</summary>
        public readonly float Height;

        /// <summary>A panel at a place.</summary>
        public HungPanel(in Pose3 pose, float width, float height)
        {
            Pose = pose;
            Width = width;
            Height = height;
        }

        /// <summary>The place in space of a place on the panel, given in mm from its top left corner, y down.</summary>
        public Vec3 At(float x, float y) => Pose.ToSpace(new Vec3(x - Width / 2f, Height / 2f - y, 0f));

        /// <summary>The pose of what sits at such a place: turned as the panel is.</summary>
        public Pose3 PoseAt(float x, float y) => new Pose3(At(x, y), Pose.Rotation);

        /// <summary>
        /// A place in space in mm from the panel's top left corner (x right, y down), and how far in front.
        /// </summary>
        public Vec3 OnPanel(in Vec3 place)
        {
            Vec3 local = Pose.ToLocal(place);
            return new Vec3(local.X + Width / 2f, Height / 2f - local.Y, -local.Z);
        }

        /// <summary>The distance in mm of a place from the panel's face, whose edges count.</summary>
        public float DistanceTo(in Vec3 place)
        {
            Vec3 local = Pose.ToLocal(place);
            float beside = Math.Max(0f, Math.Abs(local.X) - Width / 2f);
            float above = Math.Max(0f, Math.Abs(local.Y) - Height / 2f);
            return new Vec3(beside, above, local.Z).Length;
        }
    }
}
