using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class KnobLeverTest
    {
        [Test]
        public void Beyond_100_mm_the_knob_follows_the_hand_round_it()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            wrist.Round(130f, 20f, 20f);
            wrist.Round(130f, 20f, 80f);
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(60.0).Within(0.02));
            Assert.That(wrist.Grip.IsAtLever, Is.True);
        }

        [Test]
        public void At_the_lever_a_twist_turns_nothing()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            wrist.Round(130f, 20f, 20f);
            wrist.TwistBy(70f);
            Assert.That(wrist.Grip.Value, Is.EqualTo(0.5).Within(1e-6));
        }

        [Test]
        public void Within_100_mm_going_round_turns_nothing()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            wrist.Round(60f, 0f, 170f);
            Assert.That(wrist.Grip.Value, Is.EqualTo(0.5).Within(1e-6));
        }

        [Test]
        public void The_hand_over_does_not_jump_either_way()
        {
            Wrist wrist = new Wrist { Twist = 33f }.Grab(Ranges.Width, 0.3);
            double most = 0.0;
            for (int frame = 0; frame < 200; frame++)
            {
                double radius = 100.0 + 60.0 * Math.Sin(frame * 0.1);
                wrist.PlaceAt((float)radius, 140f);
                wrist.Twist += 0.1f;
                double before = wrist.Grip.Degrees;
                wrist.Move();
                most = Math.Max(most, Math.Abs(wrist.Grip.Degrees - before));
            }
            Assert.That(most, Is.LessThan(0.2), "degrees in one frame");
        }

        [Test]
        public void A_hand_that_leaps_across_the_axis_and_out_does_not_jump_either()
        {
            Wrist wrist = new Wrist { Place = new Vec3(0f, -5f, -30f) }.Grab(Ranges.Width, 0.5);
            wrist.PlaceAt(150f, 0f);
            wrist.Move();
            Assert.That(wrist.Grip.Value, Is.EqualTo(0.5));
        }

        [Test]
        public void A_hand_at_the_edge_stays_at_the_lever_until_it_is_10_mm_nearer()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            wrist.Round(101f, 0f, 0f);
            wrist.Round(95f, 0f, 0f);
            Assert.That(wrist.Grip.IsAtLever, Is.True);
            wrist.Round(89f, 0f, 0f);
            Assert.That(wrist.Grip.IsAtLever, Is.False);
        }

        [Test]
        public void Going_round_from_the_left_to_the_right_below_the_knob_is_counter_clockwise()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.9);
            wrist.Round(130f, 225f, 225f);
            wrist.Round(130f, 225f, 135f);
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(120.0 - 90.0).Within(0.02));
        }

        [Test]
        public void A_hand_that_holds_the_knob_by_its_ray_twists_however_far_off_it_is()
        {
            Wrist wrist = new Wrist { Place = new Vec3(300f, -200f, -1500f) };
            wrist.Grip.Begin(Ranges.Width, 0.5, wrist.Knob, wrist.Hand, true);
            wrist.TwistBy(30f);
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(42.0).Within(0.05));
            Assert.That(wrist.Grip.IsAtLever, Is.False);
        }

        [Test]
        public void Fine_slows_the_lever_too()
        {
            Wrist wrist = new Wrist { Fine = true }.Grab(Ranges.Width, 0.5);
            wrist.Round(130f, 0f, 0f);
            wrist.Round(130f, 0f, 150f);
            wrist.Rest(200);
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(10.0).Within(0.05));
        }
    }
}
