using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class LatencyStatisticsTest
    {
        [Test]
        public void FindsTheMedianAndTheHundredthPart()
        {
            var statistics = new LatencyStatistics(1000);
            for (int value = 100; value >= 1; value--)
            {
                statistics.Add(value);
            }
            Assert.That(statistics.P50, Is.EqualTo(50));
            Assert.That(statistics.P99, Is.EqualTo(99));
            Assert.That(statistics.Percentile(1), Is.EqualTo(100));
            Assert.That(statistics.Percentile(0), Is.EqualTo(1));
        }

        [Test]
        public void ForgetsWhatIsOlderThanItsWindow()
        {
            var statistics = new LatencyStatistics(10);
            for (int value = 0; value < 25; value++)
            {
                statistics.Add(value);
            }
            Assert.That(statistics.Count, Is.EqualTo(10));
            Assert.That(statistics.Percentile(0), Is.EqualTo(15));
        }

        [Test]
        public void IsNotANumberBeforeTheFirst()
        {
            var statistics = new LatencyStatistics(10);
            Assert.That(statistics.P50, Is.NaN);
            statistics.Add(double.NaN);
            Assert.That(statistics.P99, Is.NaN);
        }

        [Test]
        public void AllocatesNothing()
        {
            var statistics = new LatencyStatistics(256);
            double sum = 0;
            Allocations.AssertNone(() =>
            {
                statistics.Add(sum % 7);
                sum += statistics.P50 + statistics.P99;
            });
        }
    }
}
