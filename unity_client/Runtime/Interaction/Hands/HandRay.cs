namespace SynthVR.Interaction
{
    /// <summary>
    /// Where a tracked hand points: from the shoulder through the knuckle of the index finger, because the hand itself
    /// turns when its fingers pinch, and the ray would turn with it. mm of the room.
    /// </summary>
    public static class HandRay
    {
        private const float AsideMm = 160f; // of a shoulder from the middle of the body
        private const float BelowMm = 210f; // of the shoulders below the eyes
        private const float BehindMm = 60f;

        /// <summary>The pose of the ray, at the knuckle; not finite where the hand is not.</summary>
        public static Pose3 Of(in Pose3 head, in Vec3 knuckle, bool isLeft)
        {
            Vec3 away = head.Away;
            var level = new Vec3(away.X, 0f, away.Z);
            Quat facing = level.Length < 1e-3f ? Quat.Identity : Quat.FromTo(Vec3.Away, level.Unit);
            var shoulder = new Vec3(isLeft ? -AsideMm : AsideMm, -BelowMm, -BehindMm);
            Vec3 way = knuckle - (head.Position + facing * shoulder);
            return new Pose3(knuckle, Quat.FromTo(Vec3.Away, way.Unit));
        }
    }
}
