using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class StillTraceTest
    {
        [Test]
        public void A_wave_stands_still_whenever_it_is_looked_at()
        {
            for (int phase = 0; phase < 100; phase += 7)
            {
                float[] wave = Sine(phase, 4096);
                int start = StillTrace.Start(wave, wave.Length, 2048);
                Assert.That(start + 2048, Is.LessThanOrEqualTo(wave.Length));
                Assert.That((start + phase) % 100, Is.LessThanOrEqualTo(1), "it rises through 0 V there");
            }
        }

        [Test]
        public void Silence_shows_its_latest_frames()
        {
            Assert.That(StillTrace.Start(new float[4096], 4096, 2048), Is.EqualTo(2048));
        }

        [Test]
        public void Too_little_is_shown_from_its_beginning()
        {
            Assert.That(StillTrace.Start(Sine(0, 300), 300, 2048), Is.EqualTo(0));
            StillTrace.Range(new float[0], 0, 0, out float lowest, out float highest);
            Assert.That(highest - lowest, Is.EqualTo(0f));
        }

        private static float[] Sine(int phase, int count)
        {
            var wave = new float[count];
            for (int frame = 0; frame < count; frame++)
            {
                wave[frame] = (float)(5.0 * Math.Sin(2.0 * Math.PI * (frame + phase) / 100.0));
            }
            return wave;
        }
    }
}
