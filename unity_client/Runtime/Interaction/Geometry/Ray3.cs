namespace SynthVR.Interaction
{
    /// <summary>A ray from a hand. Named apart from UnityEngine.Ray.</summary>
    public readonly struct Ray3
    {
        public readonly Vec3 Origin;

        /// <summary>One long, or zero where there was none: such a ray meets nothing.</summary>
        public readonly Vec3 Direction;

        public Ray3(in Vec3 origin, in Vec3 direction)
        {
            Origin = origin;
            Direction = direction.Unit;
        }

        public Ray3(in Pose3 hand)
            : this(hand.Position, hand.Away)
        {
        }

        public Vec3 At(float millimetres) => Origin + Direction * millimetres;

        /// <summary>The distance in mm to the plane of a pose's face, from either side; NaN where the ray misses it.</summary>
        public float DistanceTo(in Pose3 face)
        {
            Vec3 normal = face.Out;
            float along = Vec3.Dot(Direction, normal);
            if (along > -1e-6f && along < 1e-6f)
            {
                return float.NaN;
            }
            float distance = Vec3.Dot(face.Position - Origin, normal) / along;
            return distance >= 0f ? distance : float.NaN;
        }
    }
}
