using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// Draws a panel that a hand moves to its neighbours: into their plane, edge to edge, in their row or one above
    /// or below, as the browser does. All in mm, in the space of the patch.
    /// </summary>
    public static class PanelSnap
    {
        /// <summary>One rack row: a 128.5 mm panel and the rail between two rows.</summary>
        public const float RowMm = 133.35f;

        /// <summary>How far a panel is drawn, to the side and in height.</summary>
        private const float ReachMm = 12f;

        /// <summary>How far it is drawn into the neighbour's plane.</summary>
        private const float DepthMm = 40f;

        /// <summary>A panel turned further from its neighbour than this is meant to be.</summary>
        private const float MostDegrees = 25f;

        /// <summary>The pose of the panel if the hand let go now: its own where no neighbour draws it.</summary>
        public static Pose3 Of(in HungPanel panel, HungPanel[] others, int count)
        {
            Pose3 best = panel.Pose;
            float least = float.PositiveInfinity;
            for (int index = 0; index < count; index++)
            {
                if (!Draws(others[index], panel, out Pose3 drawn))
                {
                    continue;
                }
                float way = Vec3.Distance(drawn.Position, panel.Pose.Position);
                if (way < least && PanelPlacing.IsFree(new HungPanel(drawn, panel.Width, panel.Height), others, count))
                {
                    best = drawn;
                    least = way;
                }
            }
            return best;
        }

        private static bool Draws(in HungPanel other, in HungPanel panel, out Pose3 drawn)
        {
            drawn = panel.Pose;
            if (Vec3.Distance(other.Pose.Position, panel.Pose.Position) > 2f * RowMm + panel.Width + other.Width
                || Quat.Angle(other.Pose.Rotation, panel.Pose.Rotation) > MostDegrees)
            {
                return false;
            }
            Vec3 local = other.Pose.ToLocal(panel.Pose.Position);
            float row = (float)Math.Round(local.Y / RowMm) * RowMm;
            if (Math.Abs(local.Z) > DepthMm || Math.Abs(row) > 1.5f * RowMm || Math.Abs(local.Y - row) > ReachMm)
            {
                return false;
            }
            // Beside it edge to edge; above or below it flush with one edge.
            float aside = Math.Abs(row) < 1f ? (panel.Width + other.Width) / 2f : (panel.Width - other.Width) / 2f;
            float x = Math.Abs(local.X - aside) < Math.Abs(local.X + aside) ? aside : -aside;
            if (Math.Abs(local.X - x) > ReachMm)
            {
                return false;
            }
            drawn = new Pose3(other.Pose.ToSpace(new Vec3(x, row, 0f)), other.Pose.Rotation);
            return true;
        }
    }
}
