using SynthVR.Interaction;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Unity's world in metres ↔ the player's room in mm, as hands and racks are reckoned. The same axes.
    /// </summary>
    internal static class RoomSpace
    {
        internal const float MetresPerMm = 0.001f;

        internal static Vec3 Mm(Vector3 metres) => new Vec3(metres.x * 1000f, metres.y * 1000f, metres.z * 1000f);

        internal static Vector3 Metres(in Vec3 mm) =>
            new Vector3(mm.X * MetresPerMm, mm.Y * MetresPerMm, mm.Z * MetresPerMm);

        internal static Quat Turn(Quaternion rotation) => new Quat(rotation.x, rotation.y, rotation.z, rotation.w);

        internal static Quaternion Turn(in Quat rotation) =>
            new Quaternion(rotation.X, rotation.Y, rotation.Z, rotation.W);

        internal static Pose3 Mm(Vector3 metres, Quaternion rotation) => new Pose3(Mm(metres), Turn(rotation));

        internal static Pose3 Of(Transform transform) => Mm(transform.position, transform.rotation);

        internal static void Put(Transform transform, in Pose3 pose)
        {
            transform.SetPositionAndRotation(Metres(pose.Position), Turn(pose.Rotation));
        }
    }
}
