using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class CableCurveTest
    {
        private const int Count = 66; // 64 points of the cable and two jacks

        private static readonly Vec3 Down = new Vec3(0f, -1f, 0f);

        private readonly Vec3[] _points = new Vec3[100];

        [Test]
        public void A_cable_begins_and_ends_in_its_jacks_and_leaves_them_straight()
        {
            var from = new CableEnd(new Vec3(10f, 1200f, 500f), new Vec3(0f, 0f, -1f));
            var to = new CableEnd(new Vec3(300f, 1100f, 520f), new Vec3(0.6f, 0f, -0.8f));
            CableCurve.Hanging(from, to, Down, _points, Count);
            Near.Place(_points[0], from.Position, 0f);
            Near.Place(_points[Count - 1], to.Position, 0f);
            Near.Place(_points[1], from.Position + from.Out * CableCurve.PlugMm);
            Near.Place(_points[Count - 2], to.Position + to.Out * CableCurve.PlugMm, 0.1f);
        }

        [TestCase(40f)]
        [TestCase(150f)]
        [TestCase(285f)]
        [TestCase(1000f)]
        public void A_level_cable_hangs_as_deep_as_in_the_browser(float distance)
        {
            Hang(Vec3.Zero, new Vec3(distance, 0f, 0f));
            double depth = 0.75 * Math.Min(60.0, 14.0 + 0.16 * distance);
            Assert.That(Lowest(), Is.EqualTo(-depth).Within(0.08 * depth));
        }

        [TestCase(0.0f, -200f)]
        [TestCase(0.5f, 90f)]
        [TestCase(3f, 0f)]
        [TestCase(250f, -700f)]
        [TestCase(2000f, 300f)]
        public void Its_length_is_what_it_should_be_wherever_it_goes(float across, float up)
        {
            var to = new Vec3(across * 0.6f, up, across * 0.8f);
            Hang(Vec3.Zero, to);
            double wanted = CableCurve.LengthOf(to.Length);
            Assert.That(Length(), Is.EqualTo(wanted).Within(0.01 * wanted));
            Near.Place(_points[Count - 2], to, 0.2f);
        }

        [Test]
        public void Its_points_are_evenly_spread()
        {
            Hang(Vec3.Zero, new Vec3(20f, -150f, 0f));
            double even = Length() / (Count - 3);
            for (int index = 2; index < Count - 1; index++)
            {
                Assert.That(Vec3.Distance(_points[index - 1], _points[index]), Is.EqualTo(even).Within(0.2 * even));
            }
        }

        [Test]
        public void It_hangs_towards_the_floor_in_a_rack_that_is_tilted()
        {
            Quat tilt = Quat.About(new Vec3(0.6f, 0.8f, 0f), 50f);
            var from = new CableEnd(Vec3.Zero, Vec3.Zero);
            var to = new Vec3(200f, 30f, 40f);
            CableCurve.Hanging(from, new CableEnd(to, Vec3.Zero), Down, _points, Count);
            Vec3 middle = _points[Count / 2];
            CableCurve.Hanging(from, new CableEnd(tilt * to, Vec3.Zero), tilt * Down, _points, Count);
            Near.Place(_points[Count / 2], tilt * middle, 0.05f);
        }

        [Test]
        public void A_cable_whose_ends_meet_is_a_loop()
        {
            Hang(Vec3.Zero, Vec3.Zero);
            Assert.That(Lowest(), Is.LessThan(-8f));
            foreach (Vec3 point in _points)
            {
                Assert.That(point.IsFinite, Is.True);
            }
        }

        [Test]
        public void Pulling_an_end_slowly_moves_every_point_slowly()
        {
            var before = new Vec3[Count];
            float most = 0f;
            for (float x = -30f; x <= 30f; x += 0.25f)
            {
                Hang(Vec3.Zero, new Vec3(x, -120f, 5f));
                for (int index = 0; index < Count; index++)
                {
                    most = x > -30f ? Math.Max(most, Vec3.Distance(before[index], _points[index])) : 0f;
                    before[index] = _points[index];
                }
            }
            Assert.That(most, Is.LessThan(3f), "mm, for 0.25 mm of the hand");
        }

        [Test]
        public void A_straight_cable_is_straight_between_its_plugs()
        {
            var from = new CableEnd(Vec3.Zero, new Vec3(0f, 0f, -1f));
            var to = new CableEnd(new Vec3(100f, 50f, 0f), new Vec3(0f, 0f, -1f));
            CableCurve.Straight(from, to, _points, 5);
            Near.Place(_points[1], new Vec3(0f, 0f, -12f));
            Near.Place(_points[2], new Vec3(50f, 25f, -12f));
            Near.Place(_points[4], to.Position, 0f);
            CableCurve.Straight(from, to, _points, 2);
            Near.Place(_points[1], to.Position, 0f);
        }

        [TestCase(1)]
        [TestCase(101)]
        public void Too_few_or_too_many_points_write_nothing(int count)
        {
            _points[0] = new Vec3(7f, 7f, 7f);
            Assert.DoesNotThrow(() => CableCurve.Straight(default(CableEnd), default(CableEnd), _points, count));
            Assert.DoesNotThrow(() => CableCurve.Hanging(default(CableEnd), default(CableEnd), Down, _points, count));
            Near.Place(_points[0], new Vec3(7f, 7f, 7f), 0f);
        }

        [Test]
        public void Hanging_cables_allocate_nothing()
        {
            float x = 0f;
            Allocations.AssertNone(() => Hang(Vec3.Zero, new Vec3(x += 1f, -50f, 0f)));
        }

        private void Hang(Vec3 from, Vec3 to)
        {
            CableCurve.Hanging(new CableEnd(from, Vec3.Zero), new CableEnd(to, Vec3.Zero), Down, _points, Count);
        }

        private float Lowest()
        {
            float lowest = 0f;
            for (int index = 0; index < Count; index++)
            {
                lowest = Math.Min(lowest, _points[index].Y);
            }
            return lowest;
        }

        private double Length()
        {
            double length = 0.0;
            for (int index = 1; index < Count; index++)
            {
                length += Vec3.Distance(_points[index - 1], _points[index]);
            }
            return length;
        }
    }
}
