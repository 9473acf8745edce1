using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class RackHandsTest
    {
        [Test]
        public void One_hand_that_squeezes_moves_the_rack()
        {
            var room = new Room();
            var hands = new RackHands(room.Scene, room.Touch);
            Squeeze(hands, -200f, false, 200f);
            hands.Move(At(-200f, true), false, At(200f, false), false, Room.Frame);
            hands.Move(At(-150f, true), false, At(200f, false), false, Room.Frame);
            Assert.That(room.Scene.Placement.Pose.Position.X, Is.EqualTo(50f).Within(0.1f));
            Assert.That(room.Scene.Panels[0].Pose.Position.X, Is.EqualTo(10f).Within(0.1f));
        }

        [Test]
        public void Two_hands_scale_it()
        {
            var room = new Room();
            var hands = new RackHands(room.Scene, room.Touch);
            Squeeze(hands, -200f, true, 200f);
            hands.Move(At(-400f, true), false, At(400f, true), false, Room.Frame);
            Assert.That(room.Scene.Placement.Scale, Is.EqualTo(2f).Within(0.01f));
            Assert.That(room.Scene.Panels[0].Height, Is.EqualTo(257f).Within(1f));
        }

        [Test]
        public void A_locked_scale_stays_and_the_middle_of_the_hands_holds_on()
        {
            var room = new Room();
            var hands = new RackHands(room.Scene, room.Touch) { KeepsScale = true };
            Squeeze(hands, -200f, true, 200f);
            Vec3 middle = new Vec3(0f, 1000f, 0f);
            Vec3 held = room.Scene.Placement.ToPatch(middle);
            hands.Move(At(-400f, true), false, At(400f, true), false, Room.Frame);
            Assert.That(room.Scene.Placement.Scale, Is.EqualTo(1f));
            Assert.That(Vec3.Distance(room.Scene.Placement.ToRoom(held), middle), Is.EqualTo(0f).Within(0.1f));
        }

        [Test]
        public void A_hand_that_holds_a_knob_turns_it_finely_and_leaves_the_rack()
        {
            var room = new Room();
            var hands = new RackHands(room.Scene, room.Touch);
            HandFrame away = At(-900f, false);
            hands.Move(away, false, room.Pointing("left", "level", HandButtons.None), false, Room.Frame);
            hands.Move(away, false, room.Pointing("left", "level", HandButtons.Select), false, Room.Frame);
            HandButtons both = HandButtons.Select | HandButtons.Squeeze;
            for (float twist = 0f; twist >= -60f; twist -= 2f)
            {
                hands.Move(away, false, room.Pointing("left", "level", both, twist), false, Room.Frame);
            }
            Assert.That(room.Scene.Placement.Pose.Position, Is.EqualTo(Vec3.Zero));
            Assert.That(room.Touch.Stands, Is.EqualTo(84.0 / 300.0 / 15.0).Within(0.002));
        }

        [Test]
        public void Names_of_what_is_held_are_built_once()
        {
            var room = new Room();
            var hands = new RackHands(room.Scene, room.Touch);
            var names = new HeldNames();
            HandFrame away = At(-900f, false);
            hands.Move(away, false, room.Pointing("left", "level", HandButtons.None), false, Room.Frame);
            hands.Move(away, false, room.Pointing("left", "level", HandButtons.Select), false, Room.Frame);
            names.Look(hands.Left, hands.Right);
            Assert.That(names.Names, Is.EqualTo(new[] { "left/level" }));
            Allocations.AssertNone(() => names.Look(hands.Left, hands.Right));
            hands.Drop();
            names.Look(hands.Left, hands.Right);
            Assert.That(names.Names, Is.Empty);
        }

        private static void Squeeze(RackHands hands, float left, bool both, float right)
        {
            hands.Move(At(left, false), false, At(right, false), false, Room.Frame);
            hands.Move(At(left, true), false, At(right, both), false, Room.Frame);
            hands.Move(At(left, true), false, At(right, both), false, Room.Frame);
        }

        private static HandFrame At(float x, bool squeezes)
        {
            HandButtons buttons = squeezes ? HandButtons.Squeeze : HandButtons.None;
            return Room.PointingAt(new Vec3(x, 1000f, 0f), buttons);
        }
    }
}
