using System;

namespace SynthVR.Interaction
{
    /// <summary>A rotation: x, y, z, w as on the wire and in Unity. <c>one * other</c> turns by other first.</summary>
    public readonly struct Quat : IEquatable<Quat>
    {
        /// <summary>No turn.</summary>
        public static readonly Quat Identity = new Quat(0f, 0f, 0f, 1f);

        /// <summary>First component of the vector.</summary>
        public readonly float X;

        /// <summary>Second component of the vector.</summary>
        public readonly float Y;

        /// <summary>Third component of the vector.</summary>
        public readonly float Z;

        /// <summary>The scalar.</summary>
        public readonly float W;

        /// <summary>From its components.</summary>
        public Quat(float x, float y, float z, float w)
        {
            X = x;
            Y = y;
            Z = z;
            W = w;
        }

        /// <summary>The rotation back, of a rotation that is one long.</summary>
        public Quat Inverse => new Quat(-X, -Y, -Z, W);

        /// <summary>
        /// The same rotation, one long. Four zeros, which come over wires, are the identity; NaN stays NaN.
        /// </summary>
        public Quat Unit
        {
            get
            {
                double length = Math.Sqrt((double)X * X + (double)Y * Y + (double)Z * Z + (double)W * W);
                if (length <= 1e-6)
                {
                    return Identity;
                }
                return new Quat((float)(X / length), (float)(Y / length), (float)(Z / length), (float)(W / length));
            }
        }

        /// <summary>Whether no part is NaN or infinite.</summary>
        public bool IsFinite =>
            Angles.IsFinite(X) && Angles.IsFinite(Y) && Angles.IsFinite(Z) && Angles.IsFinite(W);

        /// <summary>Both turns, the right one first.</summary>
        public static Quat operator *(in Quat one, in Quat other)
        {
            return new Quat(
                one.W * other.X + one.X * other.W + one.Y * other.Z - one.Z * other.Y,
                one.W * other.Y - one.X * other.Z + one.Y * other.W + one.Z * other.X,
                one.W * other.Z + one.X * other.Y - one.Y * other.X + one.Z * other.W,
                one.W * other.W - one.X * other.X - one.Y * other.Y - one.Z * other.Z);
        }

        /// <summary>A place or direction, turned.</summary>
        public static Vec3 operator *(in Quat rotation, in Vec3 place)
        {
            var axis = new Vec3(rotation.X, rotation.Y, rotation.Z);
            Vec3 across = Vec3.Cross(axis, place) * 2f;
            return place + across * rotation.W + Vec3.Cross(axis, across);
        }

        /// <summary>A turn about an axis that is one long.</summary>
        public static Quat About(in Vec3 axis, float degrees)
        {
            double half = degrees / Angles.DegreesPerRadian / 2.0;
            var sine = (float)Math.Sin(half);
            return new Quat(axis.X * sine, axis.Y * sine, axis.Z * sine, (float)Math.Cos(half));
        }

        /// <summary>
        /// The shortest turn that takes one direction to another; about any axis where they are opposite.
        /// </summary>
        public static Quat FromTo(in Vec3 from, in Vec3 to)
        {
            Vec3 start = from.Unit;
            Vec3 end = to.Unit;
            float cosine = Vec3.Dot(start, end);
            if (cosine < -0.99999f)
            {
                Vec3 aside = Math.Abs(start.X) < 0.9f ? Vec3.Right : Vec3.Up;
                return About(Vec3.Cross(start, aside).Unit, 180f);
            }
            Vec3 axis = Vec3.Cross(start, end);
            return new Quat(axis.X, axis.Y, axis.Z, 1f + cosine).Unit;
        }

        /// <summary>A share of the way from one rotation to another, the short way round.</summary>
        public static Quat Between(in Quat from, in Quat to, float share)
        {
            double cosine = (double)from.X * to.X + (double)from.Y * to.Y
                + (double)from.Z * to.Z + (double)from.W * to.W;
            double sign = cosine < 0.0 ? -1.0 : 1.0;
            cosine = Math.Min(1.0, cosine * sign);
            double angle = Math.Acos(cosine);
            double sine = Math.Sin(angle);
            double keep = 1.0 - share;
            double take = share;
            if (sine > 1e-4)
            {
                keep = Math.Sin(keep * angle) / sine;
                take = Math.Sin(take * angle) / sine;
            }
            take *= sign;
            return new Quat(
                (float)(from.X * keep + to.X * take),
                (float)(from.Y * keep + to.Y * take),
                (float)(from.Z * keep + to.Z * take),
                (float)(from.W * keep + to.W * take)).Unit;
        }

        /// <summary>The angle between two rotations that are one long, 0–180 degrees.</summary>
        public static float Angle(in Quat one, in Quat other)
        {
            Quat way = one.Inverse * other;
            double sine = Math.Sqrt((double)way.X * way.X + (double)way.Y * way.Y + (double)way.Z * way.Z);
            return (float)(2.0 * Math.Atan2(sine, Math.Abs(way.W)) * Angles.DegreesPerRadian);
        }

        /// <inheritdoc/>
        public bool Equals(Quat other)
        {
            return X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z) && W.Equals(other.W);
        }

        /// <inheritdoc/>
        public override bool Equals(object other) => other is Quat rotation && Equals(rotation);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return ((X.GetHashCode() * 397 ^ Y.GetHashCode()) * 397 ^ Z.GetHashCode()) * 397 ^ W.GetHashCode();
        }

        /// <inheritdoc/>
        public override string ToString() => $"({X:0.####}, {Y:0.####}, {Z:0.####}, {W:0.####})";
    }
}
