using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class SwingTwistTest
    {
        private static readonly Vec3 Axis = new Vec3(0f, 0f, -1f);

        [TestCase(0f)]
        [TestCase(1f)]
        [TestCase(-120f)]
        [TestCase(179f)]
        public void A_turn_about_the_axis_is_all_twist(float degrees)
        {
            SwingTwist parts = SwingTwist.Of(Quat.About(Axis, degrees), Axis);
            Assert.That(parts.Twist, Is.EqualTo(degrees).Within(1e-3));
            Assert.That(parts.Swing, Is.EqualTo(0f).Within(1e-3));
        }

        [TestCase(20f, -50f)]
        [TestCase(89f, 170f)]
        [TestCase(140f, 30f)]
        public void A_twist_is_found_behind_a_swing(float swing, float twist)
        {
            Quat rotation = Quat.About(new Vec3(0.6f, 0.8f, 0f), swing) * Quat.About(Axis, twist);
            SwingTwist parts = SwingTwist.Of(rotation, Axis);
            Assert.That(parts.Twist, Is.EqualTo(twist).Within(1e-2));
            Assert.That(parts.Swing, Is.EqualTo(swing).Within(1e-2));
        }

        [Test]
        public void A_step_across_the_back_goes_the_short_way()
        {
            Assert.That(Angles.Step(179f, -179f), Is.EqualTo(2f));
            Assert.That(Angles.Step(-179f, 179f), Is.EqualTo(-2f));
            Assert.That(Angles.Wrapped(540f), Is.EqualTo(-180f));
            Assert.That(Angles.Wrapped(-725f), Is.EqualTo(-5f));
        }
    }
}
