using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    /// <summary>Asserts that places and rotations are the same, but for what single precision leaves.</summary>
    internal static class Near
    {
        internal static void Place(Vec3 actual, Vec3 expected, float withinMm = 0.01f)
        {
            float apart = Vec3.Distance(actual, expected);
            Assert.That(apart, Is.LessThanOrEqualTo(withinMm), actual + " is not " + expected);
        }

        internal static void Rotation(Quat actual, Quat expected, float withinDegrees = 0.01f)
        {
            float apart = Quat.Angle(actual, expected);
            Assert.That(apart, Is.LessThanOrEqualTo(withinDegrees), actual + " is not " + expected);
        }
    }
}
