using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class SliderGripTest
    {
        private const float Frame = 1f / 72f;

        private static readonly Pose3 Slider =
            new Pose3(new Vec3(50f, 1200f, 300f), Quat.About(new Vec3(0f, 0.6f, 0.8f), 50f));

        [Test]
        public void The_slider_goes_with_the_hand_and_does_not_jump_to_it()
        {
            SliderGrip grip = Held(Ranges.Width, 0.25);
            Assert.That(grip.Value, Is.EqualTo(0.25));
            grip.Move(Slider, At(10f), false, Frame);
            Assert.That(grip.Value, Is.EqualTo(0.5).Within(1e-5), "10 mm of 40");
        }

        [Test]
        public void What_the_hand_does_to_the_side_does_not_count()
        {
            SliderGrip grip = Held(Ranges.Width, 0.25);
            grip.Move(Slider, Slider.ToSpace(new Vec3(80f, 0f, -90f)), false, Frame);
            Assert.That(grip.Value, Is.EqualTo(0.25).Within(1e-5));
        }

        [Test]
        public void Fine_is_fifteen_times_slower()
        {
            SliderGrip grip = Held(Ranges.Width, 0.25);
            for (int frame = 0; frame < 400; frame++)
            {
                grip.Move(Slider, At(20f), true, Frame);
            }
            Assert.That(grip.Value, Is.EqualTo(0.25 + 0.5 / 15.0).Within(1e-3));
        }

        [Test]
        public void A_slider_with_choices_clicks_from_one_to_the_next()
        {
            SliderGrip grip = Held(Ranges.Slope, 0);
            int clicks = 0;
            for (int step = 1; step <= 40; step++)
            {
                HapticPulse pulse = grip.Move(Slider, At(step), false, Frame);
                clicks += pulse.Equals(HapticPulse.Detent) ? 1 : 0;
            }
            Assert.That(grip.Value, Is.EqualTo(2.0));
            Assert.That(clicks, Is.EqualTo(2));
        }

        [Test]
        public void A_hand_that_is_lost_moves_nothing()
        {
            SliderGrip grip = Held(Ranges.Width, 0.25);
            grip.Move(Slider, new Vec3(0f, float.NaN, 0f), false, Frame);
            grip.Move(Slider, At(30f), false, Frame);
            Assert.That(grip.Value, Is.EqualTo(0.25));
        }

        [Test]
        public void A_tap_on_a_switch_goes_round()
        {
            Assert.That(SwitchFlip.Next(Ranges.Slope, 1, false), Is.EqualTo(2.0));
            Assert.That(SwitchFlip.Next(Ranges.Slope, 2, false), Is.EqualTo(0.0));
            Assert.That(SwitchFlip.Next(Ranges.Slope, 0, true), Is.EqualTo(2.0));
            Assert.That(SwitchFlip.Next(Ranges.Slope, 1.6, true), Is.EqualTo(1.0));
            Assert.That(SwitchFlip.Next(Ranges.Width, 0.3, false), Is.EqualTo(0.3));
        }

        private static SliderGrip Held(KnobRange range, double value)
        {
            var grip = new SliderGrip();
            grip.Begin(range, value, Slider, At(0f), 40f);
            return grip;
        }

        private static Vec3 At(float up) => Slider.ToSpace(new Vec3(3f, up, -20f));
    }
}
