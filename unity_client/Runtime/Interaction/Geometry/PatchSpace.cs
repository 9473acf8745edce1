using SynthVR.Protocol;

namespace SynthVR.Interaction
{
    /// <summary>
    /// Places and poses as they go over the wire ↔ as hands use them. Both in mm, with the same axes.
    /// </summary>
    public static class PatchSpace
    {
        /// <summary>A place from the wire.</summary>
        public static Vec3 PlaceOf(Vector vector) => new Vec3((float)vector.X, (float)vector.Y, (float)vector.Z);

        /// <summary>A pose from the wire.</summary>
        public static Pose3 PoseOf(Vector position, Rotation rotation)
        {
            var turned = new Quat((float)rotation.X, (float)rotation.Y, (float)rotation.Z, (float)rotation.W);
            return new Pose3(PlaceOf(position), turned);
        }

        /// <summary>A place for the wire.</summary>
        public static Vector VectorOf(in Vec3 place) => new Vector(place.X, place.Y, place.Z);

        /// <summary>A rotation for the wire.</summary>
        public static Rotation RotationOf(in Quat rotation)
        {
            return new Rotation(rotation.X, rotation.Y, rotation.Z, rotation.W);
        }
    }
}
