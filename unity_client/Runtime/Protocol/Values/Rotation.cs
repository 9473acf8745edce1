using System;

namespace SynthVR.Protocol
{
    /// <summary>A rotation as a quaternion: x, y, z, w.</summary>
    public readonly struct Rotation : IEquatable<Rotation>
    {
        /// <summary>No rotation.</summary>
        public static readonly Rotation None = new Rotation(0, 0, 0, 1);

        /// <summary>From its components.</summary>
        public Rotation(double x, double y, double z, double w)
        {
            X = x;
            Y = y;
            Z = z;
            W = w;
        }

        /// <summary>First component of the vector.</summary>
        public double X { get; }

        /// <summary>Second component of the vector.</summary>
        public double Y { get; }

        /// <summary>Third component of the vector.</summary>
        public double Z { get; }

        /// <summary>The scalar.</summary>
        public double W { get; }

        /// <inheritdoc/>
        public bool Equals(Rotation other)
        {
            return X == other.X && Y == other.Y && Z == other.Z && W == other.W;
        }

        /// <inheritdoc/>
        public override bool Equals(object other)
        {
            return other is Rotation rotation && Equals(rotation);
        }

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return X.GetHashCode() ^ (Y.GetHashCode() * 31) ^ (Z.GetHashCode() * 961) ^ (W.GetHashCode() * 29791);
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return $"({X}, {Y}, {Z}, {W})";
        }

        /// <summary>Reads one. Throws ProtocolException.</summary>
        public static Rotation Read(ref MessagePackReader reader)
        {
            reader.ReadArrayOf(4);
            return new Rotation(reader.ReadNumber(), reader.ReadNumber(), reader.ReadNumber(), reader.ReadNumber());
        }

        /// <summary>Writes it.</summary>
        public void Write(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(4);
            writer.WriteNumber(X);
            writer.WriteNumber(Y);
            writer.WriteNumber(Z);
            writer.WriteNumber(W);
        }
    }
}
