using System;

namespace SynthVR.Interaction
{
    /// <summary>Angles in degrees.</summary>
    public static class Angles
    {
        internal const double DegreesPerRadian = 180.0 / Math.PI;

        /// <summary>The same direction, from −180 up to but not including 180.</summary>
        public static float Wrapped(float degrees)
        {
            float wrapped = (degrees + 180f) % 360f;
            return wrapped < 0f ? wrapped + 180f : wrapped - 180f;
        }

        /// <summary>
        /// The way from one direction to another, the short way round. Summed up frame by frame it counts whole turns.
        /// </summary>
        public static float Step(float from, float to) => Wrapped(to - from);

        internal static bool IsFinite(float number) => !float.IsNaN(number) && !float.IsInfinity(number);

        internal static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);
    }
}
