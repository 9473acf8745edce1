using System.Collections.Generic;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class KnobDetentTest
    {
        [Test]
        public void A_knob_that_goes_both_ways_rests_at_exactly_zero()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Amount, -0.05);
            wrist.TwistBy(8f);
            Assert.That(wrist.Grip.Value, Is.EqualTo(0.0));
            Assert.That(wrist.Detents, Is.EqualTo(1));
            wrist.TwistBy(2f);
            Assert.That(wrist.Grip.Value, Is.EqualTo(0.0), "still within the detent's 8°");
            wrist.TwistBy(20f);
            Assert.That(wrist.Grip.Value, Is.GreaterThan(0.1));
        }

        [Test]
        public void No_value_is_out_of_reach_beside_the_detent()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Amount, -0.05);
            double most = 0.0;
            double before = wrist.Grip.Value;
            for (int step = 0; step < 200; step++)
            {
                wrist.TwistBy(0.1f);
                most = System.Math.Max(most, wrist.Grip.Value - before);
                before = wrist.Grip.Value;
            }
            Assert.That(before, Is.GreaterThan(0.05));
            Assert.That(most, Is.LessThan(0.0011), "0.1° of the hand are 0.14° of 300° for −1 to 1");
        }

        [Test]
        public void A_detent_that_is_passed_in_one_frame_is_felt()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Level, -3);
            wrist.TwistBy(25f, 25f);
            Assert.That(wrist.Grip.Value, Is.GreaterThan(0.0));
            Assert.That(wrist.Detents, Is.EqualTo(1));
        }

        [Test]
        public void The_way_back_through_the_detent_is_as_long()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Amount, -0.2);
            wrist.TwistBy(60f);
            wrist.TwistBy(-60f);
            Assert.That(wrist.Grip.Value, Is.EqualTo(-0.2).Within(1e-4));
            Assert.That(wrist.Detents, Is.EqualTo(2));
        }

        [Test]
        public void A_fine_hand_is_not_held_up_at_zero()
        {
            Wrist wrist = new Wrist { Fine = true }.Grab(Ranges.Amount, 0);
            wrist.TwistBy(15f);
            wrist.Rest(200);
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(1.4).Within(0.02));
        }

        [Test]
        public void A_log_knob_has_no_detent()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Cutoff, 20);
            wrist.TwistBy(200f);
            Assert.That(wrist.Detents, Is.EqualTo(0));
        }

        [Test]
        public void Every_10_degrees_are_felt_and_the_stop()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            wrist.TwistBy(65f, 1f);
            Assert.That(wrist.Ticks, Is.EqualTo(9), "91°");
            wrist.TwistBy(65f, 1f);
            Assert.That(wrist.Stops, Is.EqualTo(1));
            Assert.That(HapticPulse.Detent.Strength, Is.GreaterThan(2f * HapticPulse.Tick.Strength));
        }

        [Test]
        public void A_hand_that_trembles_on_a_tick_feels_it_once()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Width, 0.5);
            wrist.TwistBy(7.2f, 1f);
            int before = wrist.Ticks;
            for (int frame = 0; frame < 50; frame++)
            {
                wrist.TwistBy(frame % 2 == 0 ? -0.5f : 0.5f);
            }
            Assert.That(before, Is.EqualTo(1));
            Assert.That(wrist.Ticks, Is.EqualTo(before));
        }

        [Test]
        public void A_slow_twist_through_a_switch_reaches_every_position()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Root, 0);
            var seen = new List<double> { wrist.Grip.Value };
            for (int step = 0; step < 250; step++)
            {
                wrist.TwistBy(1f);
                if (!seen.Contains(wrist.Grip.Value))
                {
                    seen.Add(wrist.Grip.Value);
                }
            }
            Assert.That(seen, Is.EqualTo(new double[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }));
            Assert.That(wrist.Detents, Is.EqualTo(11));
        }

        [Test]
        public void A_switch_of_two_needs_no_wrist_of_rubber()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Mute, 0);
            wrist.TwistBy(25f);
            Assert.That(wrist.Grip.Value, Is.EqualTo(1.0));
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(150f));
        }

        [Test]
        public void A_hand_that_trembles_between_two_positions_stays_at_one()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Slope, 0);
            wrist.TwistBy(22f, 0.5f);
            double position = wrist.Grip.Value;
            for (int frame = 0; frame < 50; frame++)
            {
                wrist.TwistBy(frame % 2 == 0 ? -3f : 3f);
                Assert.That(wrist.Grip.Value, Is.EqualTo(position));
            }
        }

        [Test]
        public void A_value_between_two_positions_is_taken_for_the_nearer()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Slope, 1.4);
            Assert.That(wrist.Grip.Value, Is.EqualTo(1.0));
            Assert.That(wrist.Grip.Turn, Is.EqualTo(0.5));
        }
    }
}
