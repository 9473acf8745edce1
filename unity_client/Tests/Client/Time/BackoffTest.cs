using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class BackoffTest
    {
        [Test]
        public void WaitsTwiceAsLongEachTimeUpToEightSeconds()
        {
            var backoff = new Backoff(() => 0);
            Assert.That(backoff.Next(), Is.EqualTo(0.25));
            Assert.That(backoff.Next(), Is.EqualTo(0.5));
            Assert.That(backoff.Next(), Is.EqualTo(1));
            for (int attempt = 0; attempt < 20; attempt++)
            {
                Assert.That(backoff.Next(), Is.LessThanOrEqualTo(Backoff.Longest));
            }
            Assert.That(backoff.Next(), Is.GreaterThan(5));
        }

        [Test]
        public void NeverWaitsMoreThanEightSecondsWhateverIsDrawn()
        {
            var backoff = new Backoff(() => 1);
            for (int attempt = 0; attempt < 20; attempt++)
            {
                Assert.That(backoff.Next(), Is.InRange(Backoff.Shortest, Backoff.Longest + 1e-9));
            }
        }

        [Test]
        public void IsShortAgainAfterASuccess()
        {
            var backoff = new Backoff(() => 0);
            backoff.Next();
            backoff.Next();
            backoff.Reset();
            Assert.That(backoff.Next(), Is.EqualTo(Backoff.Shortest));
        }
    }
}
