using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A rotation taken apart: a twist about an axis, after a swing that moves the axis. Of a hand that turns a knob,
    /// only the twist counts, however the wrist swings.
    /// </summary>
    public readonly struct SwingTwist
    {
        /// <summary>Degrees about the axis, −180 to 180; the sense is that of <see cref="Quat.About"/>.</summary>
        public readonly float Twist;

        /// <summary>Degrees by which the axis itself has moved, 0–180. Near 180 the twist means nothing.</summary>
        public readonly float Swing;

        private SwingTwist(float twist, float swing)
        {
            Twist = twist;
            Swing = swing;
        }

        /// <summary>Takes <paramref name="rotation"/> apart about an axis; both are one long.</summary>
        /// <remarks>
        /// The twist is the part of the quaternion along the axis (P. Dobrowolski, "Swing-twist decomposition in
        /// Clifford algebra", 2015, arXiv:1506.05481).
        /// </remarks>
        public static SwingTwist Of(in Quat rotation, in Vec3 axis)
        {
            double along = (double)rotation.X * axis.X + (double)rotation.Y * axis.Y + (double)rotation.Z * axis.Z;
            double twist = 2.0 * Math.Atan2(along, rotation.W) * Angles.DegreesPerRadian;
            double across = (double)rotation.X * rotation.X + (double)rotation.Y * rotation.Y
                + (double)rotation.Z * rotation.Z - along * along;
            double kept = Math.Sqrt(along * along + (double)rotation.W * rotation.W);
            double swing = 2.0 * Math.Atan2(Math.Sqrt(Math.Max(0.0, across)), kept) * Angles.DegreesPerRadian;
            return new SwingTwist(Angles.Wrapped((float)twist), (float)swing);
        }
    }
}
