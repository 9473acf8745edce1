using System;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class SoundStreamTest
    {
        private const int Rate = 48000;

        // Steepest slope of the tone: what is more than that is a click.
        private static readonly double LargestSlope = Tone.Amplitude * 2 * Math.PI * Network.Hertz / Rate;

        [Test]
        public void IsSilentUntilItIsAsDeepAsItShouldBe()
        {
            var network = new Network();
            float[] heard = network.Play(0.05);
            Assert.That(heard, Is.All.EqualTo(0f));
            Assert.That(network.Stream.State.IsPlaying, Is.False);
            network.Play(0.05);
            Assert.That(network.Stream.State.IsPlaying, Is.True);
            Assert.That(network.Stream.State.DepthSeconds, Is.InRange(0.04, 0.07));
        }

        [Test]
        public void PlaysTheRightPitchWithinACent()
        {
            var network = new Network();
            network.Play(2);
            float[] heard = network.Play(4);
            Assert.That(Tone.Cents(Tone.Pitch(heard, 0, heard.Length, Rate), Network.Hertz), Is.EqualTo(0).Within(1));
            Assert.That(network.Stream.State.Underruns, Is.EqualTo(0));
        }

        [TestCase(200e-6)]
        [TestCase(-200e-6)]
        [TestCase(2000e-6)]
        [TestCase(-2000e-6)]
        public void AClockThatIsOffNeitherDrainsNorFillsItInAMinute(double drift)
        {
            var network = new Network(drift);
            network.Play(60);
            SoundState state = network.Stream.State;
            Assert.That(state.Underruns, Is.EqualTo(0));
            Assert.That(state.DroppedFrames, Is.EqualTo(0));
            Assert.That(state.DepthSeconds, Is.EqualTo(state.TargetSeconds).Within(0.015));
            Assert.That(state.Drift, Is.EqualTo(drift).Within(0.15 * Math.Abs(drift) + 30e-6));
        }

        [Test]
        public void ConvertsTheSampleRateAtTheSamePitch()
        {
            var network = new Network(rate: 44100, outputRate: 48000);
            network.Play(1);
            float[] heard = network.Play(3);
            Assert.That(Tone.Cents(Tone.Pitch(heard, 0, heard.Length, Rate), Network.Hertz), Is.EqualTo(0).Within(1));
        }

        [Test]
        public void RunsDryWithoutAClickAndComesBackWithoutOne()
        {
            var network = new Network();
            network.Play(1);
            network.Way = sent => sent > 0.95 && sent < 1.3 ? 1.5 - sent : 0.003; // nothing comes for a while
            float[] heard = network.Play(2);
            Assert.That(network.Stream.State.Underruns, Is.EqualTo(1));
            Assert.That(Tone.LargestStep(heard, 0, heard.Length), Is.LessThan(1.3 * LargestSlope));
            Assert.That(network.Stream.State.IsPlaying, Is.True);
            Assert.That(heard, Has.Some.EqualTo(0f));
        }

        [Test]
        public void IsDeeperAfterItRanDry()
        {
            var network = new Network();
            network.Play(1);
            double before = network.Stream.State.TargetSeconds;
            network.Way = sent => sent > 0.95 && sent < 1.1 ? 1.2 - sent : 0.003;
            network.Play(1);
            Assert.That(network.Stream.State.TargetSeconds, Is.GreaterThan(1.3 * before));
        }

        [Test]
        public void FollowsAnEvenNetworkToALesserDepth()
        {
            var network = new Network();
            network.Play(60);
            Assert.That(network.Stream.State.TargetSeconds, Is.EqualTo(0.05).Within(0.001));
            Assert.That(network.Stream.State.Underruns, Is.EqualTo(0));
        }

        [Test]
        public void FollowsAnUnevenNetworkWithoutRunningDryAgain()
        {
            var network = new Network();
            network.Way = sent => 0.003 + 0.08 * Math.Pow(new Random((int)(sent * 100)).NextDouble(), 4);
            network.Play(30);
            int underruns = network.Stream.State.Underruns;
            network.Play(60);
            Assert.That(network.Stream.State.Underruns - underruns, Is.LessThanOrEqualTo(1));
            Assert.That(network.Stream.State.JitterSeconds, Is.InRange(0.05, 0.1));
        }

        [Test]
        public void CatchesUpWhenTooMuchHasPiledUp()
        {
            var network = new Network();
            network.Play(1);
            network.Rest(0.5);
            float[] heard = network.Play(1);
            SoundState state = network.Stream.State;
            Assert.That(state.DroppedFrames, Is.InRange(0.4 * Rate, 0.6 * Rate));
            Assert.That(state.DepthSeconds, Is.LessThan(0.1));
            Assert.That(Tone.LargestStep(heard, 0, heard.Length), Is.LessThan(1.3 * LargestSlope));
        }

        [Test]
        public void AfterALongRestPlaysWhatIsPlayedThen()
        {
            var network = new Network();
            network.Play(1);
            network.Rest(30);
            network.Play(1);
            Assert.That(network.Stream.TryGetPlayed(out long sampleTime, out double at), Is.True);
            double played = sampleTime / (double)Rate;
            Assert.That(at - network.Start - played, Is.InRange(0.02, 0.12));
        }

        [Test]
        public void LostFramesAreNoClick()
        {
            var network = new Network();
            network.Play(1);
            network.IsLost = sampleTime => sampleTime == 110 * 480;
            float[] heard = network.Play(1);
            Assert.That(network.Stream.State.LostFrames, Is.EqualTo(480));
            Assert.That(Tone.LargestStep(heard, 0, heard.Length), Is.LessThan(2 * LargestSlope));
        }

        [Test]
        public void StartsAnewWhenTheEngineHasAnotherRate()
        {
            var network = new Network();
            network.Play(1);
            for (int piece = 0; piece < 20; piece++)
            {
                network.Stream.Write(480 * piece, 44100, Tone.Pcm(480 * piece, 480, 441, 44100), 0, 1920);
            }
            var block = new float[2048];
            network.Stream.Read(block, 1);
            Assert.That(Tone.Pitch(block, 200, 1800, Rate), Is.EqualTo(441).Within(3));
        }

        [Test]
        public void FillsOneTwoOrMoreChannels([Values(1, 2, 6)] int channels)
        {
            var network = new Network(channels: channels);
            network.Play(1);
            var block = new float[64 * channels + 1];
            block[block.Length - 1] = 5; // not a whole frame
            network.Stream.Read(block, channels);
            Assert.That(Math.Abs(block[32 * channels]), Is.GreaterThan(0f));
            if (channels > 1)
            {
                Assert.That(block[block.Length - 1], Is.EqualTo(0f));
            }
            if (channels > 2)
            {
                Assert.That(block[32 * channels + 2], Is.EqualTo(0f));
            }
        }

        [Test]
        public void PassesOverWhatMakesNoSense()
        {
            var stream = new SoundStream(new FakeTime(), 48000);
            stream.Write(0, 0, new byte[8], 0, 8);
            stream.Write(0, int.MaxValue, new byte[8], 0, 8);
            stream.Write(0, 48000, new byte[3], 0, 3);
            stream.Write(long.MaxValue - 1, 48000, new byte[8], 0, 8);
            stream.Write(long.MinValue, 48000, new byte[8], 0, 8);
            stream.Read(null, 2);
            stream.Read(new float[7], 0);
            var block = new float[512];
            stream.OutputRate = 0;
            stream.Read(block, 2);
            Assert.That(block, Is.All.EqualTo(0f));
        }

        [Test]
        public void AllocatesNothingOnEitherSide()
        {
            var time = new FakeTime();
            var stream = new SoundStream(time, Rate);
            byte[] pcm = Tone.Pcm(0, 480, 440, Rate);
            var block = new float[960];
            long sent = 0;
            Allocations.AssertNone(() =>
            {
                stream.Write(sent, Rate, pcm, 0, pcm.Length);
                sent += 480;
                time.Pass(0.01);
                stream.Read(block, 2);
                stream.TryGetPlayed(out long played, out double at);
            });
            Assert.That(stream.State.Underruns, Is.EqualTo(0));
        }
    }
}
