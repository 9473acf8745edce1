using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A place or a direction: x right, y up, z away (left-handed, as in Unity). Places are in mm.
    /// </summary>
    /// <remarks>
    /// Own structs and not System.Numerics: IL2CPP gives those no SIMD, and a view copies three fields either way.
    /// </remarks>
    public readonly struct Vec3 : IEquatable<Vec3>
    {
        /// <summary>The origin, or no direction.</summary>
        public static readonly Vec3 Zero = new Vec3(0f, 0f, 0f);

        /// <summary>One to the right.</summary>
        public static readonly Vec3 Right = new Vec3(1f, 0f, 0f);

        /// <summary>One up.</summary>
        public static readonly Vec3 Up = new Vec3(0f, 1f, 0f);

        /// <summary>One away from who looks.</summary>
        public static readonly Vec3 Away = new Vec3(0f, 0f, 1f);

        /// <summary>To the right.</summary>
        public readonly float X;

        /// <summary>Up.</summary>
        public readonly float Y;

        /// <summary>Away.</summary>
        public readonly float Z;

        /// <summary>From its coordinates.</summary>
        public Vec3(float x, float y, float z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        /// <summary>The square of the length.</summary>
        public float SquaredLength => X * X + Y * Y + Z * Z;

        /// <summary>The length.</summary>
        public float Length => (float)Math.Sqrt((double)X * X + (double)Y * Y + (double)Z * Z);

        /// <summary>The direction, one long; zero where there is none.</summary>
        public Vec3 Unit
        {
            get
            {
                float length = Length;
                return length > 1e-12f ? this / length : Zero;
            }
        }

        /// <summary>Whether no part is NaN or infinite: a hand that is not tracked may be anything.</summary>
        public bool IsFinite => Angles.IsFinite(X) && Angles.IsFinite(Y) && Angles.IsFinite(Z);

        /// <summary>The sum.</summary>
        public static Vec3 operator +(in Vec3 one, in Vec3 other)
        {
            return new Vec3(one.X + other.X, one.Y + other.Y, one.Z + other.Z);
        }

        /// <summary>The way from the second to the first.</summary>
        public static Vec3 operator -(in Vec3 one, in Vec3 other)
        {
            return new Vec3(one.X - other.X, one.Y - other.Y, one.Z - other.Z);
        }

        /// <summary>The opposite.</summary>
        public static Vec3 operator -(in Vec3 one) => new Vec3(-one.X, -one.Y, -one.Z);

        /// <summary>As many times as long.</summary>
        public static Vec3 operator *(in Vec3 one, float factor)
        {
            return new Vec3(one.X * factor, one.Y * factor, one.Z * factor);
        }

        /// <summary>That part of it.</summary>
        public static Vec3 operator /(in Vec3 one, float divisor)
        {
            return new Vec3(one.X / divisor, one.Y / divisor, one.Z / divisor);
        }

        /// <summary>The scalar product.</summary>
        public static float Dot(in Vec3 one, in Vec3 other) => one.X * other.X + one.Y * other.Y + one.Z * other.Z;

        /// <summary>The vector product: of right and up it is away.</summary>
        public static Vec3 Cross(in Vec3 one, in Vec3 other)
        {
            return new Vec3(
                one.Y * other.Z - one.Z * other.Y,
                one.Z * other.X - one.X * other.Z,
                one.X * other.Y - one.Y * other.X);
        }

        /// <summary>How far apart two places are.</summary>
        public static float Distance(in Vec3 one, in Vec3 other) => (one - other).Length;

        /// <summary>
        /// The place at a share of the way, 0 at <paramref name="from"/> and 1 at <paramref name="to"/>.
        /// </summary>
        public static Vec3 Between(in Vec3 from, in Vec3 to, float share) => from + (to - from) * share;

        /// <inheritdoc/>
        public bool Equals(Vec3 other) => X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z);

        /// <inheritdoc/>
        public override bool Equals(object other) => other is Vec3 place && Equals(place);

        /// <inheritdoc/>
        public override int GetHashCode() => (X.GetHashCode() * 397 ^ Y.GetHashCode()) * 397 ^ Z.GetHashCode();

        /// <inheritdoc/>
        public override string ToString() => $"({X:0.###}, {Y:0.###}, {Z:0.###})";
    }
}
