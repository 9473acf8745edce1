using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// Where a new module is hung: before the player's eyes, facing them, and over no other. All in mm.
    /// </summary>
    public static class PanelPlacing
    {
        /// <summary>An arm's length, mm of the room.</summary>
        public const float ArmMm = 550f;

        /// <summary>Below the eyes by this much, mm of the room: arms tire that are held up.</summary>
        public const float BelowEyesMm = 120f;

        /// <summary>
        /// How thick a panel counts: two must not stand closer before one another, a plug sticks out this far.
        /// </summary>
        private const float DepthMm = 40f;

        private const float StepDegrees = 4f;
        private const int MostSteps = 22; // aside to either side: never behind the player
        private const int MostRows = 2;

        /// <summary>
        /// The pose for a new panel, in the space of the patch: the free place that takes the least turning of the
        /// head.
        /// </summary>
        /// <param name="head">In the space of the patch; only where it looks round the upright counts.</param>
        /// <param name="scale">Millimetres of the room for each of the patch (<see
        /// cref="RackPlacement.Scale"/>).</param>
        /// <param name="width">Of the new panel.</param>
        /// <param name="height">Of the new panel.</param>
        /// <param name="others">What hangs already.</param>
        /// <param name="count">How many of them, from the first.</param>
        public static Pose3 InFrontOf(
            in Pose3 head, float scale, float width, float height, HungPanel[] others, int count)
        {
            float yaw = YawOf(head);
            float distance = ArmMm / scale;
            float below = BelowEyesMm / scale;
            Pose3 best = At(head.Position, yaw, distance, -below);
            float least = float.PositiveInfinity;
            for (int row = -MostRows; row <= MostRows; row++)
            {
                for (int step = -MostSteps; step <= MostSteps; step++)
                {
                    // Rows cost what they are seen apart; upwards costs more, for arms tire.
                    double rise = Math.Abs(row) * PanelSnap.RowMm / distance * (row > 0 ? 1.5 : 1.0);
                    float turned = Math.Abs(step * StepDegrees) + (float)(rise * Angles.DegreesPerRadian);
                    if (turned >= least)
                    {
                        continue;
                    }
                    Pose3 pose = At(head.Position, yaw + step * StepDegrees, distance, row * PanelSnap.RowMm - below);
                    if (IsFree(new HungPanel(pose, width, height), others, count))
                    {
                        best = pose;
                        least = turned;
                    }
                }
            }
            return best;
        }

        /// <summary>Whether a panel hangs clear of others; touching edge to edge is clear.</summary>
        public static bool IsFree(in HungPanel panel, HungPanel[] others, int count)
        {
            for (int index = 0; index < count; index++)
            {
                if (Boxes.Overlap(panel, others[index], DepthMm))
                {
                    return false;
                }
            }
            return true;
        }

        private static Pose3 At(in Vec3 head, float yaw, float distance, float rise)
        {
            Quat turn = Quat.About(Vec3.Up, yaw);
            return new Pose3(head + turn * new Vec3(0f, rise, distance), turn);
        }

        /// <summary>
        /// Where a head looks round the upright; one that looks straight up or down, where its crown points.
        /// </summary>
        private static float YawOf(in Pose3 head)
        {
            Vec3 look = head.Away;
            if (look.X * look.X + look.Z * look.Z < 0.01f)
            {
                look = head.Up * (look.Y > 0f ? -1f : 1f);
            }
            return (float)(Math.Atan2(look.X, look.Z) * Angles.DegreesPerRadian);
        }
    }
}
