using System;

namespace SynthVR.Interaction
{
    /// <summary>Whether two panels are in each other's way, taken as boxes of some depth.</summary>
    /// <remarks>
    /// Two boxes are apart if a plane parts them, and then one of fifteen does: S. Gottschalk, M. Lin, D. Manocha,
    /// "OBBTree: A Hierarchical Structure for Rapid Interference Detection", SIGGRAPH 1996.
    /// </remarks>
    internal static class Boxes
    {
        /// <summary>Panels edge to edge, give or take this many mm, do not overlap.</summary>
        private const float TouchMm = 0.02f;

        internal static bool Overlap(in HungPanel one, in HungPanel other, float depth)
        {
            Vec3 way = other.Pose.Position - one.Pose.Position;
            var half = new Vec3(one.Width / 2f, one.Height / 2f, depth / 2f);
            var otherHalf = new Vec3(other.Width / 2f, other.Height / 2f, depth / 2f);
            if (way.Length > half.Length + otherHalf.Length)
            {
                return false;
            }
            for (int index = 0; index < 3; index++)
            {
                if (Parts(Axis(one, index), way, one, half, other, otherHalf)
                    || Parts(Axis(other, index), way, one, half, other, otherHalf))
                {
                    return false;
                }
                for (int across = 0; across < 3; across++)
                {
                    Vec3 axis = Vec3.Cross(Axis(one, index), Axis(other, across));
                    if (axis.SquaredLength > 1e-4f && Parts(axis.Unit, way, one, half, other, otherHalf))
                    {
                        return false;
                    }
                }
            }
            return true;
        }

        private static bool Parts(
            in Vec3 axis, in Vec3 way, in HungPanel one, in Vec3 half, in HungPanel other, in Vec3 otherHalf)
        {
            float room = Shadow(axis, one, half) + Shadow(axis, other, otherHalf);
            return Math.Abs(Vec3.Dot(axis, way)) > room - TouchMm;
        }

        private static float Shadow(in Vec3 axis, in HungPanel panel, in Vec3 half)
        {
            return Math.Abs(Vec3.Dot(axis, Axis(panel, 0))) * half.X
                + Math.Abs(Vec3.Dot(axis, Axis(panel, 1))) * half.Y
                + Math.Abs(Vec3.Dot(axis, Axis(panel, 2))) * half.Z;
        }

        private static Vec3 Axis(in HungPanel panel, int index)
        {
            return index == 0 ? panel.Pose.Right : index == 1 ? panel.Pose.Up : panel.Pose.Away;
        }
    }
}
