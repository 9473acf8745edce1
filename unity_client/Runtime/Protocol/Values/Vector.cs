using System;

namespace SynthVR.Protocol
{
    /// <summary>x, y, z in mm: x right, y up, z away.</summary>
    public readonly struct Vector : IEquatable<Vector>
    {
        /// <summary>From its coordinates in mm.</summary>
        public Vector(double x, double y, double z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        /// <summary>To the right, in mm.</summary>
        public double X { get; }

        /// <summary>Up, in mm.</summary>
        public double Y { get; }

        /// <summary>Away, in mm.</summary>
        public double Z { get; }

        /// <inheritdoc/>
        public bool Equals(Vector other)
        {
            return X == other.X && Y == other.Y && Z == other.Z;
        }

        /// <inheritdoc/>
        public override bool Equals(object other)
        {
            return other is Vector vector && Equals(vector);
        }

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return X.GetHashCode() ^ (Y.GetHashCode() * 31) ^ (Z.GetHashCode() * 961);
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return $"({X}, {Y}, {Z}) mm";
        }

        /// <summary>Reads one. Throws ProtocolException.</summary>
        public static Vector Read(ref MessagePackReader reader)
        {
            reader.ReadArrayOf(3);
            return new Vector(reader.ReadNumber(), reader.ReadNumber(), reader.ReadNumber());
        }

        /// <summary>Writes it.</summary>
        public void Write(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(3);
            writer.WriteNumber(X);
            writer.WriteNumber(Y);
            writer.WriteNumber(Z);
        }
    }
}
