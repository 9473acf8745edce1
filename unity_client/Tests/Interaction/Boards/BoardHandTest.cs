using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class BoardHandTest
    {
        private static readonly HungPanel Hung =
            new HungPanel(new Pose3(new Vec3(0f, 1400f, 500f), Quat.Identity), 260f, 200f);

        [Test]
        public void A_fingertip_presses_once_as_it_goes_through_the_face()
        {
            var hand = new BoardHand();
            int presses = 0;
            for (float before = 40f; before > -20f; before -= 4f)
            {
                hand.Move(Touching(before), Hung, 1f);
                presses += hand.HasPressed ? 1 : 0;
            }
            Assert.That(presses, Is.EqualTo(1));
            Assert.That(hand.X, Is.EqualTo(130f).Within(0.01f));
        }

        [Test]
        public void A_finger_that_trembles_at_the_face_presses_once()
        {
            var hand = new BoardHand();
            int presses = 0;
            hand.Move(Touching(20f), Hung, 1f);
            for (int frame = 0; frame < 20; frame++)
            {
                hand.Move(Touching(frame % 2 == 0 ? -1f : 2f), Hung, 1f);
                presses += hand.HasPressed ? 1 : 0;
            }
            Assert.That(presses, Is.EqualTo(1));
        }

        [Test]
        public void A_hand_that_comes_from_behind_presses_nothing()
        {
            var hand = new BoardHand();
            for (float before = -30f; before < 30f; before += 4f)
            {
                hand.Move(Touching(before), Hung, 1f);
                Assert.That(hand.HasPressed, Is.False);
            }
        }

        [Test]
        public void A_ray_presses_with_select()
        {
            var hand = new BoardHand();
            hand.Move(Room.PointingAt(new Vec3(50f, 1400f, 500f), HandButtons.None), Hung, 1f);
            Assert.That(hand.IsOver && !hand.IsDown);
            Assert.That(hand.DistanceMm, Is.EqualTo(500f).Within(0.01f));
            hand.Move(Room.PointingAt(new Vec3(50f, 1400f, 500f), HandButtons.Select), Hung, 1f);
            Assert.That(hand.HasPressed);
            hand.Move(Room.PointingAt(new Vec3(50f, 1400f, 500f), HandButtons.Select), Hung, 1f);
            Assert.That(hand.HasPressed, Is.False);
        }

        [Test]
        public void A_press_that_began_elsewhere_presses_nothing_here()
        {
            var hand = new BoardHand();
            hand.Move(Room.PointingAt(new Vec3(900f, 1400f, 500f), HandButtons.Select), Hung, 1f);
            hand.Move(Room.PointingAt(new Vec3(50f, 1400f, 500f), HandButtons.Select), Hung, 1f);
            Assert.That(hand.IsDown, Is.False);
        }

        [Test]
        public void A_small_board_is_pressed_where_it_is_seen()
        {
            var hand = new BoardHand();
            var quarter = new HungPanel(Hung.Pose, 65f, 50f);
            hand.Move(Room.PointingAt(new Vec3(32f, 1400f, 500f), HandButtons.None), quarter, 0.25f);
            Assert.That(hand.X, Is.EqualTo(258f).Within(0.1f));
        }

        private static HandFrame Touching(float before)
        {
            var tip = new Vec3(0f, 1400f, 500f - before);
            var palm = new Pose3(tip - new Vec3(0f, 0f, 100f), Quat.Identity);
            return new HandFrame(palm, palm, tip, HandButtons.None);
        }
    }
}
