namespace SynthVR.Interaction
{
    /// <summary>A ray from a hand. Named apart from UnityEngine.Ray.</summary>
    public readonly struct Ray3
    {
        /// <summary>Where it begins, mm.</summary>
        public readonly Vec3 Origin;

        /// <summary>One long, or zero where there was none: such a ray meets nothing.</summary>
        public readonly Vec3 Direction;

        /// <summary>From a place in a direction of any length.</summary>
        public Ray3(in Vec3 origin, in Vec3 direction)
        {
            Origin = origin;
            Direction = direction.Unit;
        }

        /// <summary>From a hand, the way it points.</summary>
        public Ray3(in Pose3 hand)
            : this(hand.Position, hand.Away)
        {
        }

        /// <summary>The place on it at a distance in mm.</summary>
        public Vec3 At(float millimetres) => Origin + Direction * millimetres;

        /// <summary>
        /// The distance in mm to the plane of a pose's face, from either side; NaN where the ray misses it.
        /// </summary>
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
