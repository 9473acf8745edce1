using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class QuatTest
    {
        private static readonly Vec3 Skew = new Vec3(0.3f, -0.8f, 0.52f).Unit;

        [Test]
        public void A_quarter_turn_about_away_takes_right_to_up()
        {
            Near.Place(Quat.About(Vec3.Away, 90f) * Vec3.Right, Vec3.Up, 1e-6f);
        }

        [Test]
        public void A_quarter_turn_about_up_takes_away_to_right()
        {
            Near.Place(Quat.About(Vec3.Up, 90f) * Vec3.Away, Vec3.Right, 1e-6f);
        }

        [Test]
        public void A_product_turns_by_its_right_side_first()
        {
            Quat one = Quat.About(Vec3.Up, 90f);
            Quat other = Quat.About(Vec3.Away, 90f);
            Near.Place((one * other) * Vec3.Right, one * (other * Vec3.Right), 1e-6f);
        }

        [Test]
        public void The_inverse_turns_back()
        {
            Quat turn = Quat.About(Skew, 123f);
            Near.Rotation(turn * turn.Inverse, Quat.Identity);
        }

        [TestCase(0f)]
        [TestCase(0.01f)]
        [TestCase(90f)]
        [TestCase(179f)]
        public void An_angle_is_measured_as_it_was_turned(float degrees)
        {
            Assert.That(Quat.Angle(Quat.Identity, Quat.About(Skew, degrees)), Is.EqualTo(degrees).Within(1e-3));
        }

        [Test]
        public void The_shortest_turn_takes_one_direction_to_another()
        {
            var to = new Vec3(-2f, 1f, 0.5f);
            Near.Place(Quat.FromTo(Skew, to) * Skew, to.Unit, 1e-5f);
        }

        [Test]
        public void Opposite_directions_are_half_a_turn_apart()
        {
            Near.Place(Quat.FromTo(Skew, -Skew) * Skew, -Skew, 1e-5f);
            Near.Place(Quat.FromTo(Vec3.Right, -Vec3.Right) * Vec3.Right, -Vec3.Right, 1e-5f);
        }

        [Test]
        public void Halfway_between_two_rotations_is_half_the_angle_the_short_way_round()
        {
            Quat end = Quat.About(Skew, 80f);
            var sameButNegative = new Quat(-end.X, -end.Y, -end.Z, -end.W);
            Near.Rotation(Quat.Between(Quat.Identity, sameButNegative, 0.5f), Quat.About(Skew, 40f));
        }

        [Test]
        public void Four_zeros_are_no_rotation()
        {
            Near.Rotation(new Quat(0f, 0f, 0f, 0f).Unit, Quat.Identity);
        }

        [Test]
        public void A_rotation_that_is_not_a_number_is_not_hidden()
        {
            Assert.That(new Pose3(Vec3.Zero, new Quat(float.NaN, 0f, 0f, 1f)).IsFinite, Is.False);
            Assert.That(new Pose3(Vec3.Zero, new Quat(float.PositiveInfinity, 0f, 0f, 1f)).IsFinite, Is.False);
        }
    }
}
