using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class RackHandPanelTest
    {
        [Test]
        public void A_panel_goes_with_the_ray_and_is_moved_once_when_the_hand_opens()
        {
            var room = new Room();
            Vec3 title = room.TitleOf("left");
            Take(room, title);
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Panel));
            Vec3 to = title + new Vec3(-400f, 200f, 0f);
            room.Do(Room.PointingAt(to, HandButtons.Select), 40);
            Assert.That(room.Touch.Done, Is.Empty);
            Assert.That(room.Scene.PatchPanels[0].Pose.Position.X, Is.EqualTo(-440f).Within(0.5f), "it is shown there");
            room.Do(Room.PointingAt(to, HandButtons.None));
            Assert.That(room.Touch.Done, Is.EqualTo(new[] { "move left" }));
            Assert.That(room.Touch.MovedTo.Position.Y, Is.EqualTo(1500f).Within(0.5f));
        }

        [Test]
        public void The_thumbstick_pushes_it_away()
        {
            var room = new Room();
            Vec3 title = room.TitleOf("left");
            Take(room, title);
            room.Do(Room.PointingAt(title, HandButtons.Select), 40);
            float before = room.Scene.Panels[0].Pose.Position.Z;
            room.Do(Room.PointingAt(title, HandButtons.Select, 0f, 1f), 36);
            // Full push doubles the distance twice a second.
            Assert.That(room.Scene.Panels[0].Pose.Position.Z / before, Is.EqualTo(2f).Within(0.05f));
        }

        [Test]
        public void A_tap_moves_nothing()
        {
            var room = new Room();
            Vec3 title = room.TitleOf("left");
            Take(room, title);
            room.Do(Room.PointingAt(title + new Vec3(3f, 0f, 0f), HandButtons.Select), 5);
            room.Do(Room.PointingAt(title, HandButtons.None));
            Assert.That(room.Touch.Done, Is.EqualTo(new[] { "tap left" }));
            Assert.That(room.Scene.PatchPanels[0].Pose.Position.X, Is.EqualTo(-40f));
        }

        [Test]
        public void A_panel_in_the_hand_can_be_taken_away()
        {
            var room = new Room();
            Vec3 title = room.TitleOf("left");
            Take(room, title);
            room.Do(Room.PointingAt(title, HandButtons.Select | HandButtons.Remove));
            Assert.That(room.Touch.Done, Is.EqualTo(new[] { "remove left" }));
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Nothing));
        }

        [Test]
        public void A_panel_in_the_other_hand_stays_there()
        {
            var room = new Room();
            Vec3 title = room.TitleOf("left");
            room.Do(Room.PointingAt(title, HandButtons.None), 1, "left");
            room.Do(Room.PointingAt(title, HandButtons.Select), 1, "left");
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Nothing));
        }

        [Test]
        public void A_lost_connection_puts_it_back()
        {
            var room = new Room();
            Vec3 title = room.TitleOf("left");
            Take(room, title);
            room.Do(Room.PointingAt(title + new Vec3(-400f, 0f, 0f), HandButtons.Select), 40);
            room.Hand.Drop();
            Assert.That(room.Touch.Done, Is.Empty);
            Assert.That(room.Scene.PatchPanels[0].Pose.Position.X, Is.EqualTo(-40f));
        }

        private static void Take(Room room, Vec3 place)
        {
            room.Do(Room.PointingAt(place, HandButtons.None));
            room.Do(Room.PointingAt(place, HandButtons.Select));
        }
    }
}
