using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class ButtonPressTest
    {
        private static readonly Pose3 Button =
            new Pose3(new Vec3(50f, 1200f, 300f), Quat.About(new Vec3(0f, 0.6f, 0.8f), 50f));

        [Test]
        public void A_push_from_the_front_counts_once()
        {
            Assert.That(Pushes(20, 12, 6, 2, 0, -3, -1, 2, 4), Is.EqualTo(1));
        }

        [Test]
        public void A_finger_that_comes_back_pushes_again()
        {
            Assert.That(Pushes(20, 2, 20, 2), Is.EqualTo(2));
        }

        [Test]
        public void A_finger_that_trembles_at_the_edge_pushes_once()
        {
            Assert.That(Pushes(20, 3, 4, 3, 4, 2.9f, 6, 2, 7, 2), Is.EqualTo(1));
        }

        [Test]
        public void A_fast_finger_is_not_missed()
        {
            Assert.That(Pushes(30, -20), Is.EqualTo(1));
        }

        [Test]
        public void From_behind_nothing_is_pushed()
        {
            Assert.That(Pushes(-60, -20, -5, 0, 2, 6), Is.EqualTo(0));
        }

        [Test]
        public void Sliding_in_from_the_side_pushes_nothing()
        {
            var press = new ButtonPress();
            Assert.That(press.Move(Button, At(40f, 1f), 5f), Is.False);
            Assert.That(press.Move(Button, At(0f, 1f), 5f), Is.False);
        }

        [Test]
        public void The_button_is_down_until_the_finger_lets_it_up()
        {
            var press = new ButtonPress();
            press.Move(Button, At(0f, 20f), 5f);
            press.Move(Button, At(0f, 1f), 5f);
            press.Move(Button, At(0f, 4f), 5f);
            Assert.That(press.IsDown, Is.True);
            press.Move(Button, At(0f, 6f), 5f);
            Assert.That(press.IsDown, Is.False);
        }

        [Test]
        public void A_finger_that_is_lost_pushes_nothing()
        {
            var press = new ButtonPress();
            press.Move(Button, At(0f, 20f), 5f);
            Assert.That(press.Move(Button, new Vec3(float.NaN, 0f, 0f), 5f), Is.False);
            Assert.That(press.Move(Button, At(0f, 1f), 5f), Is.False);
        }

        private static int Pushes(params float[] heights)
        {
            var press = new ButtonPress();
            int pushes = 0;
            foreach (float height in heights)
            {
                pushes += press.Move(Button, At(1f, height), 5f) ? 1 : 0;
            }
            return pushes;
        }

        private static Vec3 At(float aside, float height) => Button.ToSpace(new Vec3(aside, 0f, -height));
    }
}
