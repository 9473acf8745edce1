using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class RackHandTest
    {
        [Test]
        public void A_ray_takes_hold_of_a_knob_and_twists_it()
        {
            var room = new Room();
            room.Do(room.Pointing("left", "level", HandButtons.None));
            room.Do(room.Pointing("left", "level", HandButtons.Select));
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Knob));
            for (float twist = 0f; twist >= -60f; twist -= 2f)
            {
                room.Do(room.Pointing("left", "level", HandButtons.Select, twist));
            }
            // 60° of the wrist are 84° of the knob's 300°.
            Assert.That(room.Touch.Stands, Is.EqualTo(84.0 / 300.0).Within(0.01));
            room.Do(room.Pointing("left", "level", HandButtons.None, -60f));
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Nothing));
            Assert.That(room.Touch.Done, Is.EqualTo(new[] { "grab left/level", "release left/level" }));
        }

        [Test]
        public void A_still_hand_sends_nothing()
        {
            var room = new Room();
            room.Do(room.Pointing("left", "level", HandButtons.None));
            room.Do(room.Pointing("left", "level", HandButtons.Select), 100);
            Assert.That(room.Touch.Turns, Is.EqualTo(0));
        }

        [Test]
        public void A_knob_that_somebody_else_holds_is_not_taken()
        {
            var room = new Room();
            room.Touch.IsHeldByAnother = true;
            room.Do(room.Pointing("left", "level", HandButtons.None));
            room.Do(room.Pointing("left", "level", HandButtons.Select));
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Nothing));
            Assert.That(room.Hand.Module, Is.Null);
        }

        [Test]
        public void A_hand_slips_off_a_knob_that_was_given_to_another()
        {
            var room = new Room();
            room.Do(room.Pointing("left", "level", HandButtons.None));
            room.Do(room.Pointing("left", "level", HandButtons.Select));
            room.Touch.HasSlippedOff = true;
            room.Do(room.Pointing("left", "level", HandButtons.Select));
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Nothing));
            Assert.That(room.Hand.Module, Is.Null);
            Assert.That(room.Touch.Done, Has.No.Member("release left/level"));
        }

        [Test]
        public void Reset_goes_to_the_default()
        {
            var room = new Room();
            room.Touch.Stands = 0.8;
            room.Do(room.Pointing("left", "level", HandButtons.None));
            room.Do(room.Pointing("left", "level", HandButtons.Select));
            room.Do(room.Pointing("left", "level", HandButtons.Select | HandButtons.Reset));
            Assert.That(room.Touch.Stands, Is.EqualTo(0.0));
        }

        [Test]
        public void A_hand_that_is_lost_keeps_its_knob()
        {
            var room = new Room();
            room.Do(room.Pointing("left", "level", HandButtons.None));
            room.Do(room.Pointing("left", "level", HandButtons.Select));
            room.Do(HandFrame.Lost, 20);
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Knob));
            room.Do(room.Pointing("left", "level", HandButtons.Select, 90f));
            Assert.That(room.Touch.Stands, Is.EqualTo(0.0), "no jump where it is found");
        }

        [Test]
        public void A_button_held_since_before_takes_nothing()
        {
            var room = new Room();
            room.Do(Room.PointingAt(new Vec3(0f, 3000f, 600f), HandButtons.Select));
            room.Do(room.Pointing("left", "level", HandButtons.Select), 5);
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Nothing));
        }

        [Test]
        public void A_hand_at_a_menu_takes_nothing_behind_it()
        {
            var room = new Room();
            room.Hand.Move(room.Pointing("left", "level", HandButtons.None), true, null, Room.Frame);
            room.Hand.Move(room.Pointing("left", "level", HandButtons.Select), true, null, Room.Frame);
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Nothing));
            Assert.That(room.Hand.Aim.Hit.IsNone);
        }

        [Test]
        public void A_module_that_goes_leaves_the_hand_empty()
        {
            var room = new Room();
            room.Do(room.Pointing("left", "level", HandButtons.None));
            HandFrame hand = room.Pointing("left", "level", HandButtons.Select);
            room.Do(hand);
            room.Scene.Remove("left");
            room.Do(hand);
            Assert.That(room.Hand.Hold, Is.EqualTo(HandHold.Nothing));
        }

        [Test]
        public void Turning_a_knob_allocates_nothing()
        {
            var room = new Room();
            room.Do(room.Pointing("left", "level", HandButtons.None));
            room.Do(room.Pointing("left", "level", HandButtons.Select));
            float twist = 0f;
            Allocations.AssertNone(() =>
            {
                twist = twist <= -150f ? 0f : twist - 0.5f;
                room.Do(room.Pointing("left", "level", HandButtons.Select, twist));
            });
        }
    }
}
