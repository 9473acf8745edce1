using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class PianoTest
    {
        [Test]
        public void Every_key_is_found_in_its_middle()
        {
            for (int key = 0; key < Piano.Keys; key++)
            {
                PanelArea area = Piano.AreaOf(key);
                float y = Piano.IsBlack(key) ? area.Y : Piano.Height - 5f;
                Assert.That(Piano.KeyAt(area.X, y), Is.EqualTo(key));
            }
            Assert.That(Piano.KeyAt(-5f, 20f), Is.EqualTo(-1));
        }

        [Test]
        public void C4_is_0_volts_and_an_octave_is_1_volt()
        {
            var piano = new Piano();
            piano.Shift(1);
            Assert.That(piano.NoteOf(0), Is.EqualTo(60));
            Assert.That(Piano.PitchOf(60), Is.EqualTo(0.0));
            Assert.That(Piano.PitchOf(piano.NoteOf(12)), Is.EqualTo(1.0));
            Assert.That(Piano.PitchOf(69) * 1200.0, Is.EqualTo(900.0).Within(1e-9), "A4, in cents above C4");
        }

        [Test]
        public void Octaves_end_where_notes_end()
        {
            var piano = new Piano();
            piano.Shift(-20);
            Assert.That(piano.Octave, Is.EqualTo(0));
            piano.Shift(20);
            Assert.That(piano.Octave, Is.EqualTo(7));
        }

        [Test]
        public void A_faster_finger_strikes_harder()
        {
            Assert.That(Struck(2f), Is.LessThan(Struck(8f)));
            Assert.That(Struck(40f), Is.EqualTo(1.0));
        }

        [Test]
        public void Sliding_over_the_keys_plays_one_after_the_other()
        {
            var finger = new KeyFinger();
            Strike(finger, 3f);
            Assert.That(finger.Key, Is.EqualTo(0));
            finger.Move(At(Piano.KeyMm * 1.5f, -1f), Keys, Room.Frame);
            Assert.That(finger.Key, Is.EqualTo(2), "the D beside it");
            finger.Move(At(Piano.KeyMm * 1.5f, 20f), Keys, Room.Frame);
            Assert.That(finger.Key, Is.EqualTo(-1));
        }

        private static readonly HungPanel Keys =
            new HungPanel(new Pose3(new Vec3(0f, 1000f, 400f), Quat.Identity), Piano.Width, Piano.Height);

        /// <summary>The velocity of a finger that goes so many mm in a frame.</summary>
        private static double Struck(float step)
        {
            var finger = new KeyFinger();
            Strike(finger, step);
            return finger.Velocity;
        }

        private static void Strike(KeyFinger finger, float step)
        {
            for (float before = 30f; finger.Key < 0 && before > -35f; before -= step)
            {
                finger.Move(At(Piano.KeyMm / 2f, before), Keys, Room.Frame);
            }
        }

        private static HandFrame At(float x, float before)
        {
            Vec3 tip = Keys.At(x, Piano.Height - 10f) + new Vec3(0f, 0f, -before);
            var palm = new Pose3(tip, Quat.Identity);
            return new HandFrame(palm, palm, tip, HandButtons.None);
        }
    }
}
