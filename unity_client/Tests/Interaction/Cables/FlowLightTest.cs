using System;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Interaction.Tests
{
    public sealed class FlowLightTest
    {
        private const float Frame = 1f / 72f;

        [Test]
        public void What_is_positive_is_red_what_is_negative_blue_silence_grey()
        {
            Rgb red = Lit(0, 5, Kind.Cv).Colour(Kind.Cv);
            Rgb blue = Lit(-5, 0, Kind.Cv).Colour(Kind.Cv);
            Assert.That(red.Red, Is.GreaterThan(2f * red.Blue));
            Assert.That(blue.Blue, Is.GreaterThan(2f * blue.Red));
            Assert.That(default(FlowLight).Colour(Kind.Cv).ToString(), Is.EqualTo("#686c7c"));
        }

        [Test]
        public void What_swings_is_violet()
        {
            Assert.That(Lit(-5, 5, Kind.Audio).Colour(Kind.Audio).ToString(), Is.EqualTo("#e282ff"));
        }

        [TestCase(6.0, 1.0)]
        [TestCase(0.0, 1.0)]
        [TestCase(-27.0, 0.5)]
        [TestCase(-54.0, 0.0)]
        [TestCase(-90.0, 0.0)]
        public void Brightness_falls_evenly_in_dB_from_5_V(double decibels, double bright)
        {
            float seen = Lit(0, 5.0 * Math.Pow(10.0, decibels / 20.0), Kind.Audio).Brightness(Kind.Audio);
            Assert.That(seen, Is.EqualTo(bright).Within(1e-4));
        }

        [TestCase(10.0, 1.0)]
        [TestCase(1.0, 0.0)]
        [TestCase(0.4, 0.0)]
        public void A_gate_is_bright_at_10_V_and_dark_below_1_V(double volts, double bright)
        {
            Assert.That(Lit(0, volts, Kind.Gate).Brightness(Kind.Gate), Is.EqualTo(bright).Within(1e-5));
        }

        [Test]
        public void A_trigger_shines_fully_for_80_ms_and_is_dark_half_a_second_later()
        {
            FlowLight light = Lit(0, 10, Kind.Trigger);
            Pass(ref light, 0.080f, Kind.Trigger);
            Assert.That(light.Brightness(Kind.Trigger), Is.EqualTo(1f));
            Pass(ref light, 0.5f, Kind.Trigger);
            Assert.That(light.Brightness(Kind.Trigger), Is.EqualTo(0f));
        }

        [Test]
        public void A_level_jumps_up_at_once_and_falls_to_1_e_in_120_ms()
        {
            FlowLight light = Lit(-2, 4, Kind.Audio);
            light.Fall(0.12f);
            Assert.That(light.Up, Is.EqualTo(4.0 / Math.E).Within(1e-4));
            Assert.That(light.Down, Is.EqualTo(-2.0 / Math.E).Within(1e-4));
            light.Take(new VoltRange(-5, 3), Kind.Audio);
            Assert.That(light.Up, Is.EqualTo(3f));
            Assert.That(light.Down, Is.EqualTo(-5f));
        }

        [Test]
        public void A_long_frame_falls_as_far_as_many_short_ones()
        {
            FlowLight one = Lit(0, 10, Kind.Gate);
            FlowLight many = one;
            one.Fall(20f * Frame);
            for (int frame = 0; frame < 20; frame++)
            {
                many.Fall(Frame);
            }
            Assert.That(one.Up, Is.EqualTo(many.Up).Within(1e-4));
        }

        [Test]
        public void A_voltage_that_is_not_a_number_lights_nothing()
        {
            FlowLight light = Lit(double.NaN, double.NaN, Kind.Audio);
            Assert.That(light.Brightness(Kind.Audio), Is.EqualTo(0f));
        }

        [TestCase("#f2b33d", "#f2b33d")]
        [TestCase("#F2B33D", "#f2b33d")]
        [TestCase("#fa0", "#ffaa00")]
        public void A_jacket_has_the_colour_its_cable_names(string css, string colour)
        {
            Assert.That(Rgb.TryParse(css, out Rgb read), Is.True);
            Assert.That(read.ToString(), Is.EqualTo(colour));
        }

        [TestCase("")]
        [TestCase(null)]
        [TestCase("orange")]
        [TestCase("#12345g")]
        [TestCase("#12-456")]
        public void A_colour_that_is_not_known_is_left_to_the_view(string css)
        {
            Assert.That(Rgb.TryParse(css, out Rgb _), Is.False);
        }

        [Test]
        public void Lights_allocate_nothing()
        {
            var lights = new FlowLight[8];
            Allocations.AssertNone(() =>
            {
                for (int index = 0; index < lights.Length; index++)
                {
                    lights[index].Take(new VoltRange(-index, index), Kind.Gate);
                    lights[index].Fall(Frame);
                    lights[index].Colour(Kind.Gate);
                }
            });
        }

        private static FlowLight Lit(double lowest, double highest, Kind kind)
        {
            var light = default(FlowLight);
            light.Take(new VoltRange(lowest, highest), kind);
            return light;
        }

        private static void Pass(ref FlowLight light, float seconds, Kind kind)
        {
            for (float passed = 0f; passed + Frame <= seconds; passed += Frame)
            {
                light.Take(new VoltRange(0, 0), kind);
                light.Fall(Frame);
            }
        }
    }
}
