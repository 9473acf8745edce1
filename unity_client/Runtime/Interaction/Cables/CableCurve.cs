using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// Where a cable runs: straight, or hanging as a chain does. It is written into the caller's buffer, evenly along
    /// its length, from the output to the input; nothing is allocated. All in mm, in one space.
    /// </summary>
    public static class CableCurve
    {
        /// <summary>The plug holds the cable off the panel by this much.</summary>
        public const float PlugMm = 12f;

        /// <summary>How deep a level cable hangs below its ends: always this, and this share of the distance.</summary>
        private const double DepthMm = 10.5;
        private const double DepthPerMm = 0.12;

        /// <summary>A cable across the room would otherwise lie on the floor.</summary>
        private const double MostDepthMm = 45.0;

        /// <summary>Ends one below the other make a loop at least this wide: a chain has no width there.</summary>
        private const double LeastSpanMm = 1.0;

        /// <summary>
        /// How long a hanging cable is between ends that are <paramref name="distance"/> mm apart. Level, it hangs as
        /// deep as the browser draws it: 10.5 mm and 0.12 mm per mm, at most 45 mm.
        /// </summary>
        /// <remarks>
        /// 16/3 makes it right for a taut cable: a flat arc of depth d is 8 d²/(3 s) longer than its span s.
        /// </remarks>
        public static double LengthOf(double distance)
        {
            double depth = Math.Min(MostDepthMm, DepthMm + DepthPerMm * distance);
            return Math.Sqrt(distance * distance + 16.0 / 3.0 * depth * depth);
        }

        /// <summary>
        /// Writes a straight cable: the plugs, and a line between them. At least 2 points; where an end is not finite
        /// nothing is written.
        /// </summary>
        public static void Straight(in CableEnd from, in CableEnd to, Vec3[] points, int count)
        {
            if (!Plugs(from, to, points, count))
            {
                return;
            }
            Vec3 start = from.Position + from.Out * PlugMm;
            Vec3 end = to.Position + to.Out * PlugMm;
            for (int index = 1; index < count - 1; index++)
            {
                points[index] = Vec3.Between(start, end, (float)ShareOf(index, count));
            }
        }

        /// <summary>
        /// Writes a hanging cable, of the length that <see cref="LengthOf"/> gives. At least 2 points; where an end
        /// is not finite nothing is written.
        /// </summary>
        /// <param name="from">The output, or the hand.</param>
        /// <param name="to">The input, or the hand.</param>
        /// <param name="down">One long; the way a weight falls in the space of the ends.</param>
        /// <param name="points">The caller's buffer.</param>
        /// <param name="count">How many points to write, from the first.</param>
        public static void Hanging(in CableEnd from, in CableEnd to, in Vec3 down, Vec3[] points, int count)
        {
            if (!Plugs(from, to, points, count))
            {
                return;
            }
            Vec3 start = from.Position + from.Out * PlugMm;
            Vec3 end = to.Position + to.Out * PlugMm;
            Vec3 way = end - start;
            double drop = Vec3.Dot(way, down);
            Vec3 level = way - down * (float)drop;
            double span = level.Length;
            Vec3 aside = span > 1e-3 ? level.Unit : AcrossTo(down);
            Catenary chain = Catenary.Between(Math.Max(span, LeastSpanMm), drop, LengthOf(way.Length));
            for (int index = 1; index < count - 1; index++)
            {
                double share = ShareOf(index, count);
                chain.At(share, out double across, out double fallen);
                // A span that was widened to hang at all is narrowed again where it ends.
                double kept = span < LeastSpanMm ? across - (LeastSpanMm - span) * share : across;
                points[index] = start + aside * (float)kept + down * (float)fallen;
            }
        }

        /// <summary>
        /// Writes both ends; false where nothing more can be written: too few points, or ends that are lost.
        /// </summary>
        private static bool Plugs(in CableEnd from, in CableEnd to, Vec3[] points, int count)
        {
            if (count < 2 || count > points.Length || !from.Position.IsFinite || !to.Position.IsFinite)
            {
                return false;
            }
            points[0] = from.Position;
            points[count - 1] = to.Position;
            return true;
        }

        /// <summary>
        /// The share of the cable's way at a point between the jacks: the first and last stand at the plugs' tails.
        /// </summary>
        private static double ShareOf(int index, int count) => count == 3 ? 0.5 : (index - 1.0) / (count - 3.0);

        private static Vec3 AcrossTo(in Vec3 down)
        {
            return Vec3.Cross(down, Math.Abs(down.X) < 0.9f ? Vec3.Right : Vec3.Away).Unit;
        }
    }
}
