using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class KnobGripTest
    {
        [Test]
        public void A_hand_that_closes_round_a_knob_does_not_turn_it()
        {
            Wrist wrist = new Wrist { Twist = 77f }.Grab(Ranges.Cutoff, 437.21);
            wrist.Rest(3);
            Assert.That(wrist.Grip.Value, Is.EqualTo(437.21));
        }

        [TestCase(50f)]
        [TestCase(-30f)]
        public void A_twist_turns_the_knob_1_4_times_as_far(float twist)
        {
            Wrist wrist = new Wrist().Grab(Ranges.Cutoff, 1000);
            double before = wrist.Grip.Degrees;
            wrist.TwistBy(twist);
            Assert.That(wrist.Grip.Degrees - before, Is.EqualTo(1.4 * twist).Within(0.02));
        }

        [Test]
        public void A_swing_of_the_wrist_turns_nothing()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            for (int degrees = 1; degrees <= 80; degrees++)
            {
                wrist.Swing = Quat.About(new Vec3(0.8f, 0.6f, 0f), degrees);
                wrist.Move();
            }
            Assert.That(wrist.Grip.Value, Is.EqualTo(0.5).Within(1e-3));
        }

        [Test]
        public void Half_a_turn_of_the_wrist_and_more_is_not_taken_for_a_turn_back()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Cutoff, 20);
            wrist.TwistBy(200f);
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(-150.0 + 280.0).Within(0.05));
        }

        [Test]
        public void A_wrist_that_comes_back_brings_the_knob_back()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Cutoff, 1000);
            wrist.TwistBy(60f);
            wrist.Swing = Quat.About(Vec3.Up, 40f);
            wrist.TwistBy(-25f);
            wrist.Swing = Quat.Identity;
            wrist.TwistBy(-35f);
            Assert.That(wrist.Grip.Value, Is.EqualTo(1000.0).Within(1.0));
        }

        [Test]
        public void A_wrist_that_swings_right_over_loses_the_knob_without_a_jump()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            double furthest = 0.0;
            for (int degrees = 0; degrees <= 360; degrees += 3)
            {
                wrist.Swing = Quat.About(new Vec3(1f, 0.001f, 0f).Unit, degrees);
                double before = wrist.Grip.Degrees;
                wrist.Move();
                furthest = Math.Max(furthest, Math.Abs(wrist.Grip.Degrees - before));
            }
            Assert.That(furthest, Is.LessThan(5.0), "degrees in one frame");
        }

        [Test]
        public void A_knob_whose_panel_moves_along_with_the_hand_is_not_turned()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Cutoff, 440);
            for (int degrees = 0; degrees < 100; degrees += 5)
            {
                wrist.Knob = new Pose3(new Vec3(degrees, 1300f, 0f), Quat.About(new Vec3(0f, 0.6f, 0.8f), degrees));
                wrist.Move();
            }
            Assert.That(wrist.Grip.Value, Is.EqualTo(440.0).Within(0.1));
        }

        [Test]
        public void A_hand_that_went_beyond_a_stop_comes_back_at_once()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.9);
            wrist.TwistBy(150f);
            Assert.That(wrist.Grip.Value, Is.EqualTo(1.0));
            wrist.TwistBy(-10f);
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(136.0).Within(0.02));
        }

        [Test]
        public void The_default_comes_back_and_the_hand_goes_on_from_there()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Cutoff, 5000);
            wrist.TwistBy(20f);
            wrist.Count(wrist.Grip.Reset());
            Assert.That(wrist.Grip.Value, Is.EqualTo(1000.0));
            Assert.That(wrist.Detents, Is.EqualTo(1));
            double before = wrist.Grip.Degrees;
            wrist.TwistBy(10f);
            Assert.That(wrist.Grip.Degrees - before, Is.EqualTo(14.0).Within(0.02));
        }

        [Test]
        public void A_hand_that_is_lost_turns_nothing_by_being_found()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            wrist.TwistBy(10f);
            double before = wrist.Grip.Value;
            var lost = new Pose3(new Vec3(float.NaN, 0f, 0f), Quat.Identity);
            wrist.Grip.Move(wrist.Knob, lost, false, Wrist.Frame);
            wrist.Twist = -90f;
            wrist.Move();
            Assert.That(wrist.Grip.Value, Is.EqualTo(before));
            wrist.TwistBy(10f);
            Assert.That(wrist.Grip.Value, Is.GreaterThan(before));
        }

        [Test]
        public void A_thumbstick_turns_what_a_ray_holds_and_its_rest_turns_nothing()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            for (int frame = 0; frame < 36; frame++)
            {
                wrist.Grip.Nudge(0.1f, false, Wrist.Frame);
            }
            Assert.That(wrist.Grip.Value, Is.EqualTo(0.5));
            for (int frame = 0; frame < 36; frame++)
            {
                wrist.Grip.Nudge(-1f, false, Wrist.Frame);
            }
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(-120.0).Within(0.1), "240° a second");
        }

        [Test]
        public void A_hand_that_has_let_go_turns_nothing()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            wrist.Grip.End();
            wrist.TwistBy(50f);
            wrist.Grip.Nudge(1f, false, 1f);
            wrist.Grip.Reset();
            Assert.That(wrist.Grip.Value, Is.EqualTo(0.5));
            Assert.That(wrist.Grip.IsHeld, Is.False);
        }

        [Test]
        public void Turning_allocates_nothing()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Amount, 0.2);
            int frame = 0;
            Allocations.AssertNone(() =>
            {
                wrist.Twist = 100f * (float)Math.Sin(0.02 * frame++);
                wrist.Fine = frame % 200 > 100;
                wrist.Move();
            });
        }
    }
}
