using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class KnobRangeTest
    {
        [Test]
        public void A_log_knob_has_its_geometric_mean_in_the_middle()
        {
            Assert.That(Ranges.Cutoff.ValueAt(0.5), Is.EqualTo(Math.Sqrt(20.0 * 20000.0)).Within(1e-9));
        }

        [Test]
        public void The_stops_are_exactly_the_limits()
        {
            Assert.That(Ranges.Cutoff.ValueAt(0), Is.EqualTo(20.0));
            Assert.That(Ranges.Cutoff.ValueAt(1), Is.EqualTo(20000.0));
            Assert.That(Ranges.Level.ValueAt(-3), Is.EqualTo(-60.0));
            Assert.That(Ranges.Level.ValueAt(7), Is.EqualTo(6.0));
        }

        [TestCase(0.013)]
        [TestCase(0.37)]
        [TestCase(0.92)]
        public void Turn_and_value_go_back_and_forth(double turn)
        {
            Assert.That(Ranges.Cutoff.TurnOf(Ranges.Cutoff.ValueAt(turn)), Is.EqualTo(turn).Within(1e-12));
            Assert.That(Ranges.Level.TurnOf(Ranges.Level.ValueAt(turn)), Is.EqualTo(turn).Within(1e-12));
        }

        [Test]
        public void A_value_out_of_range_stands_at_the_nearer_stop()
        {
            Assert.That(Ranges.Cutoff.TurnOf(-1), Is.EqualTo(0.0));
            Assert.That(Ranges.Cutoff.TurnOf(0), Is.EqualTo(0.0));
            Assert.That(Ranges.Cutoff.TurnOf(1e9), Is.EqualTo(1.0));
        }

        [Test]
        public void A_switch_stands_at_whole_positions_only()
        {
            Assert.That(Ranges.Slope.ValueAt(0.2), Is.EqualTo(0.0));
            Assert.That(Ranges.Slope.ValueAt(0.3), Is.EqualTo(1.0));
            Assert.That(Ranges.Slope.ValueAt(0.8), Is.EqualTo(2.0));
            Assert.That(Ranges.Slope.ValueAt(0.25), Is.EqualTo(1.0), "half way is the upper one, as in the browser");
        }

        [Test]
        public void The_pointer_turns_150_degrees_to_either_side_of_straight_up()
        {
            Assert.That(KnobRange.DegreesOf(0), Is.EqualTo(-150.0));
            Assert.That(KnobRange.DegreesOf(0.5), Is.EqualTo(0.0));
            Assert.That(KnobRange.DegreesOf(1), Is.EqualTo(150.0));
            Assert.That(KnobRange.TurnAtDegrees(75), Is.EqualTo(0.75).Within(1e-12));
        }

        [Test]
        public void The_arc_of_a_knob_that_goes_both_ways_starts_at_zero()
        {
            Assert.That(new KnobRange(-1, 3, 0, false, 0).RestingTurn, Is.EqualTo(0.25));
            Assert.That(Ranges.Cutoff.RestingTurn, Is.EqualTo(0.0));
            Assert.That(Ranges.Slope.RestingTurn, Is.EqualTo(0.0));
        }

        [Test]
        public void A_range_that_makes_no_sense_stands_still()
        {
            var range = new KnobRange(5, double.NaN, double.PositiveInfinity, true, 4);
            Assert.That(range.TurnOf(7), Is.EqualTo(0.0));
            Assert.That(range.ValueAt(0.7), Is.EqualTo(5.0));
            Assert.That(range.IsSwitch, Is.False);
            Assert.That(new KnobRange(-1, 1, 0, true, 0).ValueAt(0.5), Is.EqualTo(0.0), "no log below 0");
            Assert.That(default(KnobRange).ValueAt(0.5), Is.EqualTo(0.0));
        }

        [Test]
        public void A_value_that_is_not_a_number_is_the_default()
        {
            Assert.That(Ranges.Cutoff.Held(double.NaN), Is.EqualTo(1000.0));
        }

        [Test]
        public void Less_than_a_cent_is_not_worth_sending()
        {
            var pitch = new KnobRange(-60, 60, 0, false, 0);
            Assert.That(pitch.IsWorthSending(7.0, 7.005), Is.False);
            Assert.That(pitch.IsWorthSending(7.0, 7.01), Is.True);
            Assert.That(pitch.IsWorthSending(7.0, 7.0), Is.False);
            Assert.That(pitch.IsWorthSending(7.0, double.NaN), Is.False);
        }

        [Test]
        public void Stops_zero_and_default_are_always_sent()
        {
            Assert.That(Ranges.Amount.IsWorthSending(1e-7, 0.0), Is.True);
            Assert.That(Ranges.Amount.IsWorthSending(0.9999999, 1.0), Is.True);
            Assert.That(Ranges.Cutoff.IsWorthSending(1000.0001, 1000.0), Is.True);
            Assert.That(Ranges.Slope.IsWorthSending(0, 1), Is.True);
        }
    }
}
