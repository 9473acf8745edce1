using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class RackHandCableTest
    {
        [Test]
        public void A_cable_is_pulled_from_an_output_and_plugged_where_the_hand_opens()
        {
            var room = new Room();
            Take(room, "left", "out");
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Cable));
            room.Do(room.Pointing("right", "audio", HandButtons.Select), 40);
            Assert.That(room.Touch.Done, Is.Empty, "nothing is changed before the hand opens");
            room.Do(room.Pointing("right", "audio", HandButtons.None));
            CableChange change = room.Touch.Changed;
            Assert.That(change.Plugs);
            Assert.That(change.Unplug, Is.Null);
            Assert.That(change.From.Module + "/" + change.From.Jack, Is.EqualTo("left/out"));
            Assert.That(change.To.Module + "/" + change.To.Jack, Is.EqualTo("right/audio"));
        }

        [Test]
        public void A_cable_that_is_let_go_in_the_air_is_gone()
        {
            var room = new Room();
            Take(room, "left", "out");
            Vec3 air = new Vec3(500f, 1300f, 600f);
            room.Do(Room.PointingAt(air, HandButtons.Select), 40);
            room.Do(Room.PointingAt(air, HandButtons.None));
            Assert.That(room.Touch.Done, Is.Empty);
        }

        [Test]
        public void The_cable_in_an_input_is_taken_off()
        {
            var room = new Room();
            room.Touch.IsPlugged = true;
            Take(room, "right", "audio");
            Assert.That(room.Hand.Cable.Taken, Is.EqualTo("cable"));
            Assert.That(room.Hand.Cable.Fixed.Module, Is.EqualTo("left"));
            Vec3 air = new Vec3(500f, 1300f, 600f);
            room.Do(Room.PointingAt(air, HandButtons.Select), 40);
            room.Do(Room.PointingAt(air, HandButtons.None));
            Assert.That(room.Touch.Changed.Unplug, Is.EqualTo("cable"));
            Assert.That(room.Touch.Changed.Plugs, Is.False);
        }

        [Test]
        public void A_tap_on_a_jack_is_no_cable()
        {
            var room = new Room();
            Take(room, "left", "out");
            room.Do(room.Pointing("left", "out", HandButtons.None));
            Assert.That(room.Touch.Done, Is.EqualTo(new[] { "tap left/out" }));
        }

        [Test]
        public void The_plugged_end_follows_its_module()
        {
            var room = new Room();
            Take(room, "left", "out");
            room.Scene.Move("left", Room.At(-300f));
            room.Do(room.Pointing("right", "cv", HandButtons.Select));
            Assert.That(
                Vec3.Distance(room.Hand.Cable.Fixed.End.Position, room.PlaceOf("left", "out")),
                Is.EqualTo(0f).Within(0.01f));
        }

        private static void Take(Room room, string module, string jack)
        {
            room.Do(room.Pointing(module, jack, HandButtons.None));
            room.Do(room.Pointing(module, jack, HandButtons.Select));
        }
    }
}
