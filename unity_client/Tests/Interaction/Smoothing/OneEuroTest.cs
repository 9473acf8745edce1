using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class OneEuroTest
    {
        private const double Frame = 1.0 / 72.0;

        [Test]
        public void A_hand_that_trembles_at_9_Hz_is_stilled_by_16_dB()
        {
            var filter = new OneEuroFilter(1.0, 0.0);
            double peak = 0.0;
            for (int frame = 0; frame < 720; frame++)
            {
                double smoothed = filter.Next(Math.Sin(2.0 * Math.PI * 9.0 * frame * Frame), Frame);
                peak = frame > 360 ? Math.Max(peak, Math.Abs(smoothed)) : 0.0;
            }
            Assert.That(20.0 * Math.Log10(peak), Is.LessThan(-16.0));
        }

        [Test]
        public void A_fast_hand_is_followed_closely()
        {
            Assert.That(LagOf(200.0, 0.05), Is.LessThan(LagOf(200.0, 0.0) / 5.0));
            Assert.That(LagOf(200.0, 0.05), Is.LessThan(0.02), "seconds");
        }

        [Test]
        public void The_frame_rate_does_not_matter_much()
        {
            double at72 = After(0.3, 1.0 / 72.0);
            double at120 = After(0.3, 1.0 / 120.0);
            Assert.That(at72, Is.EqualTo(at120).Within(0.02));
        }

        [Test]
        public void A_number_that_is_none_and_a_time_that_stands_change_nothing()
        {
            var filter = new OneEuroFilter(1.0, 0.05);
            filter.Begin(3.0);
            Assert.That(filter.Next(double.NaN, Frame), Is.EqualTo(3.0));
            Assert.That(filter.Next(double.PositiveInfinity, Frame), Is.EqualTo(3.0));
            Assert.That(filter.Next(9.0, 0.0), Is.EqualTo(3.0));
            Assert.That(filter.Next(9.0, -1.0), Is.EqualTo(3.0));
        }

        [Test]
        public void A_ray_from_a_trembling_hand_trembles_a_fifth_as_much()
        {
            var filter = new OneEuroPose();
            float raw = 0f;
            float smoothed = 0f;
            for (int frame = 0; frame < 720; frame++)
            {
                var tremor = (float)(0.3 * Math.Sin(2.0 * Math.PI * 9.0 * frame * Frame));
                var hand = new Pose3(Vec3.Zero, Quat.About(Vec3.Up, tremor));
                Pose3 still = filter.Next(hand, Frame);
                if (frame > 360)
                {
                    raw = Math.Max(raw, Math.Abs(new Ray3(hand).At(2000f).X));
                    smoothed = Math.Max(smoothed, Math.Abs(new Ray3(still).At(2000f).X));
                }
            }
            Assert.That(raw, Is.GreaterThan(10f), "mm at 2 m");
            Assert.That(smoothed, Is.LessThan(raw / 5f), "mm at 2 m");
        }

        [Test]
        public void A_hand_that_is_found_again_is_where_it_is()
        {
            var filter = new OneEuroPose();
            filter.Next(Pose3.Identity, Frame);
            var elsewhere = new Pose3(new Vec3(500f, 0f, 0f), Quat.About(Vec3.Up, 90f));
            filter.Forget();
            Pose3 pose = filter.Next(elsewhere, Frame);
            Near.Place(pose.Position, elsewhere.Position);
            Near.Rotation(pose.Rotation, elsewhere.Rotation);
        }

        [Test]
        public void Smoothing_allocates_nothing()
        {
            var filter = new OneEuroPose();
            float x = 0f;
            Allocations.AssertNone(() => filter.Next(new Pose3(new Vec3(x += 1f, 0f, 0f), Quat.Identity), Frame));
        }

        /// <summary>Seconds by which a hand is late that goes at a steady speed.</summary>
        private static double LagOf(double speed, double hzPerSpeed)
        {
            var filter = new OneEuroFilter(1.0, hzPerSpeed);
            double hand = 0.0;
            for (int frame = 0; frame < 144; frame++)
            {
                hand = speed * frame * Frame;
                filter.Next(hand, Frame);
            }
            return (hand - filter.Value) / speed;
        }

        private static double After(double seconds, double frame)
        {
            var filter = new OneEuroFilter(1.0, 0.0);
            filter.Begin(0.0);
            for (int count = (int)Math.Round(seconds / frame); count > 0; count--)
            {
                filter.Next(1.0, frame);
            }
            return filter.Value;
        }
    }
}
