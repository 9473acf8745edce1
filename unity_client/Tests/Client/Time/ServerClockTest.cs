using System;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class ServerClockTest
    {
        private readonly FakeTime _time = new FakeTime();

        [Test]
        public void BelievesTheReadingWhoseWayWasShortest()
        {
            var clock = new ServerClock(_time);
            clock.Restart(7, 0, _time.Now);
            Pong(clock, 1000, 0.010, 0.001);
            Pong(clock, 1000, 0.001, 0.001); // both ways the same: exact
            Pong(clock, 1000, 0.050, 0.002);
            Assert.That(clock.Now, Is.EqualTo(_time.Now + 1000).Within(1e-6));
            Assert.That(clock.Uncertainty, Is.EqualTo(0.001).Within(1e-4));
        }

        [Test]
        public void KnowsTheWelcomesTimeUntilTheFirstPong()
        {
            var clock = new ServerClock(_time);
            clock.Restart(7, 0, _time.Now);
            _time.Pass(2);
            Assert.That(clock.Now, Is.EqualTo(9).Within(1e-9));
            Assert.That(clock.IsKnown, Is.False);
            Pong(clock, 1000, 0.010, 0.010);
            Assert.That(clock.Now, Is.EqualTo(_time.Now + 1000).Within(1e-6));
        }

        [Test]
        public void LearnsHowFastTheClocksPart()
        {
            var clock = new ServerClock(_time);
            var random = new Random(4);
            double start = _time.Now;
            clock.Restart(_time.Now + 1000, 0, _time.Now);
            for (int ping = 0; ping < 120; ping++)
            {
                _time.Pass(2);
                double offset = 1000 + 80e-6 * (_time.Now - start);
                Pong(clock, offset, 0.0005 + 0.0005 * random.NextDouble(), 0.0005 + 0.0005 * random.NextDouble());
            }
            Assert.That(clock.Drift, Is.EqualTo(80e-6).Within(8e-6));
            double truth = _time.Now + 1000 + 80e-6 * (_time.Now - start);
            Assert.That(clock.Now, Is.EqualTo(truth).Within(0.0004));
        }

        [Test]
        public void TellsWhenAFrameIsPlayed()
        {
            var clock = new ServerClock(_time);
            clock.SetRate(44100);
            clock.Restart(50, 441000, _time.Now);
            Assert.That(clock.TimeOfFrame(441000 + 44100), Is.EqualTo(51).Within(1e-9));
        }

        [Test]
        public void AfterASleepTheFirstAnswerCountsAndNothingBeforeIt()
        {
            var clock = new ServerClock(_time);
            clock.Restart(5 + _time.Now, 0, _time.Now);
            for (int pong = 0; pong < 10; pong++)
            {
                Pong(clock, 5, 0.001, 0.001);
            }
            clock.Doubt();
            Assert.That(clock.IsKnown, Is.False);
            Pong(clock, 65, 0.01, 0.01); // ours stood still for a minute; this way is longer than those before
            Assert.That(clock.Now - _time.Now, Is.EqualTo(65).Within(0.011));
        }

        [Test]
        public void PassesOverAnAnswerFromTheFuture()
        {
            var clock = new ServerClock(_time);
            clock.Restart(7, 0, _time.Now);
            clock.Take(_time.Now + 1, _time.Now, 12, 0);
            clock.Take(double.NaN, _time.Now, 12, 0);
            Assert.That(clock.IsKnown, Is.False);
        }

        [Test]
        public void AllocatesNothing()
        {
            var clock = new ServerClock(_time);
            clock.Restart(7, 0, _time.Now);
            Allocations.AssertNone(() => Pong(clock, 5, 0.001, 0.002));
        }

        private void Pong(ServerClock clock, double offset, double there, double back)
        {
            double sent = _time.Now;
            double read = sent + there + offset;
            _time.Pass(there + back);
            clock.Take(sent, _time.Now, read, 0);
        }
    }
}
