namespace SynthVR.Interaction
{
    /// <summary>
    /// Where the rack stands in the player's room: patch space (mm) ↔ room (mm). The patch itself never changes by it.
    /// </summary>
    public readonly struct RackPlacement
    {
        /// <summary>Patch and room are the same.</summary>
        public static readonly RackPlacement Identity = new RackPlacement(Pose3.Identity, 1f);

        /// <summary>The patch's origin in the room.</summary>
        public readonly Pose3 Pose;

        /// <summary>Millimetres of the room for each of the patch.</summary>
        public readonly float Scale;

        /// <summary>The patch at a pose in the room, at a scale.</summary>
        public RackPlacement(in Pose3 pose, float scale)
        {
            Pose = pose;
            Scale = scale;
        }

        /// <summary>A place of the patch, in the room.</summary>
        public Vec3 ToRoom(in Vec3 place) => Pose.ToSpace(place * Scale);

        /// <summary>A place of the room, in the patch.</summary>
        public Vec3 ToPatch(in Vec3 place) => Pose.ToLocal(place) / Scale;

        /// <summary>A pose of the patch, in the room.</summary>
        public Pose3 ToRoom(in Pose3 pose) => new Pose3(ToRoom(pose.Position), Pose.Rotation * pose.Rotation);

        /// <summary>A pose of the room, in the patch.</summary>
        public Pose3 ToPatch(in Pose3 pose) => new Pose3(ToPatch(pose.Position), Pose.Rotation.Inverse * pose.Rotation);

        /// <summary>A ray of the room, in the patch.</summary>
        public Ray3 ToPatch(in Ray3 ray)
        {
            return new Ray3(ToPatch(ray.Origin), Pose.Rotation.Inverse * ray.Direction);
        }
    }
}
