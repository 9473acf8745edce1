namespace SynthVR.Interaction
{
    /// <summary>
    /// Where something is and how it is turned, in mm. Named apart from the wire's Pose and from UnityEngine.Pose.
    /// </summary>
    public readonly struct Pose3
    {
        /// <summary>At the origin, not turned.</summary>
        public static readonly Pose3 Identity = new Pose3(Vec3.Zero, Quat.Identity);

        /// <summary>Where it is, mm.</summary>
        public readonly Vec3 Position;

        /// <summary>How it is turned, one long.</summary>
        public readonly Quat Rotation;

        /// <summary>A pose.</summary>
        /// <param name="position">mm.</param>
        /// <param name="rotation">Need not be one long.</param>
        public Pose3(in Vec3 position, in Quat rotation)
        {
            Position = position;
            Rotation = rotation.Unit;
        }

        /// <summary>Out of a panel's face, towards who looks at it: panels are seen along +z.</summary>
        public Vec3 Out => Rotation * new Vec3(0f, 0f, -1f);

        /// <summary>Its right.</summary>
        public Vec3 Right => Rotation * Vec3.Right;

        /// <summary>Its up.</summary>
        public Vec3 Up => Rotation * Vec3.Up;

        /// <summary>Where a hand, a head or a ray points.</summary>
        public Vec3 Away => Rotation * Vec3.Away;

        /// <summary>Whether no part is NaN or infinite: a hand that is not tracked may be anything.</summary>
        public bool IsFinite => Position.IsFinite && Rotation.IsFinite;

        /// <summary>A place given in this frame, in the space around it.</summary>
        public Vec3 ToSpace(in Vec3 local) => Position + Rotation * local;

        /// <summary>A pose given in this frame, in the space around it.</summary>
        public Pose3 ToSpace(in Pose3 local) => new Pose3(ToSpace(local.Position), Rotation * local.Rotation);

        /// <summary>A place of the space around, in this frame.</summary>
        public Vec3 ToLocal(in Vec3 place) => Rotation.Inverse * (place - Position);

        /// <summary>A pose of the space around, in this frame.</summary>
        public Pose3 ToLocal(in Pose3 pose)
        {
            Quat back = Rotation.Inverse;
            return new Pose3(back * (pose.Position - Position), back * pose.Rotation);
        }
    }
}
