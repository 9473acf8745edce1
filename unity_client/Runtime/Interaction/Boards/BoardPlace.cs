namespace SynthVR.Interaction
{
    /// <summary>How a board hangs: upright, its face to the eyes.</summary>
    public static class BoardPlace
    {
        /// <summary>
        /// The pose at a place, mm of the room; one right above or below the eyes faces as the room does.
        /// </summary>
        public static Pose3 Facing(in Vec3 eyes, in Vec3 place)
        {
            var away = new Vec3(place.X - eyes.X, 0f, place.Z - eyes.Z);
            return new Pose3(place, away.Length < 1f ? Quat.Identity : Quat.FromTo(Vec3.Away, away.Unit));
        }
    }
}
