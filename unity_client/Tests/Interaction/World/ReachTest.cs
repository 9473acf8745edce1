using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class ReachTest
    {
        [Test]
        public void A_hand_near_a_panel_takes_hold_itself()
        {
            var reach = new HandReach();
            Assert.That(reach.Choose(500f, false), Is.False);
            Assert.That(reach.Choose(100f, false), Is.True);
            Assert.That(reach.Choose(140f, false), Is.True, "until it is clearly away");
            Assert.That(reach.Choose(170f, false), Is.False);
            Assert.That(reach.Choose(140f, false), Is.False);
        }

        [Test]
        public void A_hand_that_grips_does_not_change_its_mind()
        {
            var reach = new HandReach();
            reach.Choose(50f, false);
            Assert.That(reach.Choose(2000f, true), Is.True);
            Assert.That(reach.Choose(float.PositiveInfinity, false), Is.False);
            Assert.That(reach.Choose(10f, true), Is.False);
        }

        [Test]
        public void A_hand_that_is_lost_does_not_change_its_mind()
        {
            var reach = new HandReach();
            reach.Choose(50f, false);
            Assert.That(reach.Choose(float.NaN, false), Is.True);
        }

        [Test]
        public void A_stick_pushes_away_and_pulls_in_by_doublings()
        {
            Assert.That(StickDistance.Next(500f, 1f, 0.5f), Is.EqualTo(1000f).Within(0.1));
            Assert.That(StickDistance.Next(500f, -1f, 0.5f), Is.EqualTo(250f).Within(0.1));
            Assert.That(StickDistance.Next(500f, 0.5f, 0.5f), Is.InRange(501f, 700f));
        }

        [Test]
        public void A_stick_at_rest_and_the_limits_hold()
        {
            Assert.That(StickDistance.Next(500f, 0.14f, 1f), Is.EqualTo(500f));
            Assert.That(StickDistance.Next(500f, float.NaN, 1f), Is.EqualTo(500f));
            Assert.That(StickDistance.Next(7000f, 1f, 5f), Is.EqualTo(StickDistance.FurthestMm));
            Assert.That(StickDistance.Next(200f, -1f, 5f), Is.EqualTo(StickDistance.NearestMm));
        }
    }
}
