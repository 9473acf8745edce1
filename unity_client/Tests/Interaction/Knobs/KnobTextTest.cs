using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Interaction.Tests
{
    public sealed class KnobTextTest
    {
        [TestCase(440, "Hz", "440 Hz")]
        [TestCase(1250, "Hz", "1.25 kHz")]
        [TestCase(0.02, "s", "20.0 ms")]
        [TestCase(0.0005, "s", "500 µs")]
        [TestCase(2, "s", "2.00 s")]
        [TestCase(-6, "dB", "−6.00 dB")]
        [TestCase(0.5, "", "0.50")]
        [TestCase(-0.001, "V", "0.00 V")]
        [TestCase(0, "s", "0.00 s")]
        [TestCase(999.6, "Hz", "1.00 kHz")]
        [TestCase(9.996, "dB", "10.0 dB")]
        [TestCase(20000, "Hz", "20.0 kHz")]
        [TestCase(-60, "semitones", "−60.0 semitones")]
        [TestCase(double.NaN, "V", "– V")]
        public void A_value_is_written_as_in_the_browser(double value, string unit, string text)
        {
            var buffer = new char[KnobText.MostCharacters];
            Assert.That(new string(buffer, 0, KnobText.Write(value, unit, buffer)), Is.EqualTo(text));
        }

        [Test]
        public void A_switch_is_written_by_the_name_of_its_position()
        {
            var buffer = new char[KnobText.MostCharacters];
            Assert.That(new string(buffer, 0, KnobText.Write(Modules.Slope, 1, buffer)), Is.EqualTo("24 dB"));
            Assert.That(new string(buffer, 0, KnobText.Write(Modules.Slope, 7, buffer)), Is.EqualTo("7.00"));
        }

        [Test]
        public void What_does_not_fit_is_cut()
        {
            var buffer = new char[4];
            Assert.That(KnobText.Write(1234.0, "Hz", buffer), Is.EqualTo(4));
            Assert.That(new string(buffer), Is.EqualTo("1.23"));
        }

        [Test]
        public void Writing_allocates_nothing()
        {
            var buffer = new char[KnobText.MostCharacters];
            KnobInfo knob = Modules.Knob("time", 0.01, 2);
            double value = 0.0;
            Allocations.AssertNone(() => KnobText.Write(knob, value += 0.001, buffer));
        }
    }
}
