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

        public RackPlacement(in Pose3 pose, float scale)
        {
            Pose = pose;
            Scale = scale;
        }

        public Vec3 ToRoom(in Vec3 place) => Pose.ToSpace(place * Scale);

        public Vec3 ToPatch(in Vec3 place) => Pose.ToLocal(place) / Scale;

        public Pose3 ToRoom(in Pose3 pose) => new Pose3(ToRoom(pose.Position), Pose.Rotation * pose.Rotation);

        public Pose3 ToPatch(in Pose3 pose) => new Pose3(ToPatch(pose.Position), Pose.Rotation.Inverse * pose.Rotation);

        public Ray3 ToPatch(in Ray3 ray)
        {
            return new Ray3(ToPatch(ray.Origin), Pose.Rotation.Inverse * ray.Direction);
        }
    }
}
