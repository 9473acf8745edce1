using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// Hands that take hold of the world: one moves the rack, two move, turn and scale it. In steps from frame to
    /// frame, so that nothing jumps when a hand joins or leaves, and so that a rack that has reached a limit comes
    /// back at once. One for both hands; allocates nothing.
    /// </summary>
    public sealed class WorldGrip
    {
        /// <summary>Millimetres of the room for each of the patch, at least.</summary>
        public const float SmallestScale = 0.25f;

        /// <summary>And at most.</summary>
        public const float LargestScale = 4f;

        /// <summary>Hands nearer than this, mm, only move: the way between them trembles too much to turn by.</summary>
        private const float LeastApartMm = 40f;

        private Vec3 _left;
        private Vec3 _right;
        private bool _hasLeft;
        private bool _hasRight;

        /// <summary>Where the rack stands now.</summary>
        public RackPlacement Placement { get; private set; } = RackPlacement.Identity;

        /// <summary>Turn only about the upright, so that the rack stays level; else as the hands do.</summary>
        public bool StaysLevel { get; set; } = true;

        /// <summary>
        /// Puts the rack somewhere; hands that hold it go on from there. A scale beyond the limits is held.
        /// </summary>
        public void Place(in RackPlacement placement)
        {
            float scale = Math.Min(LargestScale, Math.Max(SmallestScale, placement.Scale));
            Placement = new RackPlacement(placement.Pose, scale);
        }

        /// <summary>
        /// The hands of this frame, mm in the room. A hand that does not grip, or is lost (not finite), does nothing.
        /// Returns whether the rack has moved.
        /// </summary>
        public bool Move(in Vec3 left, bool leftGrips, in Vec3 right, bool rightGrips)
        {
            bool hasLeft = leftGrips && left.IsFinite;
            bool hasRight = rightGrips && right.IsFinite;
            bool goesOn = hasLeft == _hasLeft && hasRight == _hasRight && (hasLeft || hasRight);
            if (goesOn && hasLeft && hasRight)
            {
                MoveByBoth(left, right);
            }
            else if (goesOn)
            {
                Shift(hasLeft ? left - _left : right - _right);
            }
            _left = left;
            _right = right;
            _hasLeft = hasLeft;
            _hasRight = hasRight;
            return goesOn;
        }

        private void MoveByBoth(in Vec3 left, in Vec3 right)
        {
            Vec3 middleBefore = (_left + _right) * 0.5f;
            Vec3 middle = (left + right) * 0.5f;
            Vec3 before = _right - _left;
            Vec3 now = right - left;
            if (before.Length < LeastApartMm || now.Length < LeastApartMm)
            {
                Shift(middle - middleBefore);
                return;
            }
            float wanted = Placement.Scale * (now.Length / before.Length);
            float scale = Math.Min(LargestScale, Math.Max(SmallestScale, wanted));
            Quat turn = StaysLevel ? Level(before, now) : Quat.FromTo(before, now);
            Vec3 fromMiddle = turn * (Placement.Pose.Position - middleBefore) * (scale / Placement.Scale);
            var pose = new Pose3(middle + fromMiddle, turn * Placement.Pose.Rotation);
            Placement = new RackPlacement(pose, scale);
        }

        private void Shift(in Vec3 way)
        {
            Pose3 pose = Placement.Pose;
            Placement = new RackPlacement(new Pose3(pose.Position + way, pose.Rotation), Placement.Scale);
        }

        /// <summary>
        /// The turn about the upright; none for hands one above the other, which tell nothing about it.
        /// </summary>
        private static Quat Level(in Vec3 before, in Vec3 now)
        {
            var from = new Vec3(before.X, 0f, before.Z);
            var to = new Vec3(now.X, 0f, now.Z);
            if (from.Length < LeastApartMm || to.Length < LeastApartMm)
            {
                return Quat.Identity;
            }
            double yaw = Math.Atan2(to.X, to.Z) - Math.Atan2(from.X, from.Z);
            return Quat.About(Vec3.Up, Angles.Wrapped((float)(yaw * Angles.DegreesPerRadian)));
        }
    }
}
