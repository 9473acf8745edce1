using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class PinchTest
    {
        [Test]
        public void It_opens_later_than_it_closes()
        {
            var pinch = new Pinch();
            Assert.That(pinch.Move(Vec3.Zero, At(20f)), Is.False);
            Assert.That(pinch.Move(Vec3.Zero, At(15f)), Is.True);
            Assert.That(pinch.Move(Vec3.Zero, At(20f)), Is.True);
            Assert.That(pinch.Move(Vec3.Zero, At(29f)), Is.False);
        }

        [Test]
        public void A_finger_that_is_lost_changes_nothing()
        {
            var pinch = new Pinch();
            pinch.Move(Vec3.Zero, At(5f));
            Assert.That(pinch.Move(Vec3.Zero, At(float.NaN)), Is.True);
        }

        [Test]
        public void The_ray_of_a_bare_hand_comes_from_its_shoulder()
        {
            var head = new Pose3(new Vec3(0f, 1700f, 0f), Quat.Identity);
            var knuckle = new Vec3(160f, 1490f, 440f);
            Pose3 ray = HandRay.Of(head, knuckle, false);
            Assert.That(Vec3.Distance(ray.Away, Vec3.Away), Is.EqualTo(0f).Within(1e-4f));
            Pose3 crossed = HandRay.Of(head, knuckle, true); // the left hand before the right shoulder
            Assert.That(crossed.Away.X, Is.GreaterThan(0.5f));
        }

        [Test]
        public void What_somebody_holds_is_found_by_its_name()
        {
            var room = new Room();
            var hold = new PersonHold();
            hold.Look(new[] { "right/level" });
            Assert.That(hold.TryFind(room.Scene, out Vec3 place));
            Assert.That(place, Is.EqualTo(room.PlaceOf("right", "level")));
            hold.Look(new[] { "nobody" });
            Assert.That(hold.TryFind(room.Scene, out place), Is.False);
            hold.Look(new string[0]);
            Assert.That(hold.TryFind(room.Scene, out place), Is.False);
        }

        private static Vec3 At(float x) => new Vec3(x, 0f, 0f);
    }
}
