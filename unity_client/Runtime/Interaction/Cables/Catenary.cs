using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A chain of a given length between two ends, in its own plane: how far across, and how far fallen.
    /// </summary>
    /// <remarks>
    /// y = a cosh(x / a). With span h, drop v and length L: sinh(u) / u = √(L² − v²) / h, where u = h / 2a; Newton
    /// finds u.
    /// </remarks>
    internal readonly struct Catenary
    {
        private readonly double _scale; // a
        private readonly double _left; // x of the first end from the lowest point
        private readonly double _length;

        private Catenary(double scale, double left, double length)
        {
            _scale = scale;
            _left = left;
            _length = length;
        }

        /// <param name="span">Across, above 0.</param>
        /// <param name="drop">How far below the first end the second is.</param>
        /// <param name="length">Above the distance of the ends.</param>
        internal static Catenary Between(double span, double drop, double length)
        {
            double taut = Math.Sqrt(span * span + drop * drop);
            double slack = Math.Max(length, taut * 1.0001);
            double half = HalfSpan(Math.Sqrt(slack * slack - drop * drop) / span);
            double scale = span / (2.0 * half);
            double middle = Asinh(-drop / (2.0 * scale * Math.Sinh(half)));
            return new Catenary(scale, scale * (middle - half), slack);
        }

        /// <summary>The place at a share of the length, from the first end.</summary>
        internal void At(double share, out double across, out double fallen)
        {
            double atStart = Math.Sinh(_left / _scale);
            double x = _scale * Asinh(atStart + share * _length / _scale);
            across = x - _left;
            fallen = _scale * (Math.Cosh(_left / _scale) - Math.Cosh(x / _scale));
        }

        /// <summary>u with sinh(u) / u = <paramref name="ratio"/>, for a ratio above 1.</summary>
        private static double HalfSpan(double ratio)
        {
            // Begun above u, Newton comes down and never overshoots: a bound from sinh's series, or from its growth.
            double growth = Math.Log(2.0 * ratio);
            double half = ratio < 3.0 ? Math.Sqrt(6.0 * (ratio - 1.0)) : growth + Math.Log(growth + 1.0) + 0.5;
            for (int round = 0; round < 8; round++)
            {
                half -= (Math.Sinh(half) - ratio * half) / (Math.Cosh(half) - ratio);
            }
            return half;
        }

        private static double Asinh(double number)
        {
            double size = Math.Abs(number);
            double result = Math.Log(size + Math.Sqrt(size * size + 1.0));
            return number < 0.0 ? -result : result;
        }
    }
}
