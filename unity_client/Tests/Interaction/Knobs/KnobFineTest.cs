using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class KnobFineTest
    {
        [Test]
        public void Fine_is_fifteen_times_slower()
        {
            Wrist wrist = new Wrist { Fine = true }.Grab(Ranges.Width, 0.5);
            wrist.TwistBy(90f);
            wrist.Rest(200);
            Assert.That(wrist.Grip.Degrees, Is.EqualTo(90.0 * 1.4 / 15.0).Within(0.05));
        }

        [Test]
        public void Pressing_and_releasing_fine_in_mid_turn_does_not_jump()
        {
            Wrist wrist = new Wrist().Grab(Ranges.Cutoff, 440);
            double most = 0.0;
            for (int frame = 0; frame < 60; frame++)
            {
                wrist.Fine = frame / 10 % 2 == 1;
                double before = wrist.Grip.Degrees;
                wrist.TwistBy(1f);
                most = Math.Max(most, wrist.Grip.Degrees - before);
            }
            Assert.That(most, Is.EqualTo(1.4).Within(0.01), "degrees in one frame");
        }

        [Test]
        public void A_fine_hand_may_tremble()
        {
            Wrist wrist = new Wrist { Fine = true }.Grab(Ranges.Width, 0.5);
            double most = 0.0;
            for (int frame = 0; frame < 360; frame++)
            {
                wrist.Twist = 0.5f * (float)Math.Sin(2.0 * Math.PI * 9.0 * frame * Wrist.Frame);
                wrist.Move();
                most = frame < 180 ? 0.0 : Math.Max(most, Math.Abs(wrist.Grip.Degrees));
            }
            Assert.That(most, Is.LessThan(0.025), "degrees of the knob from half a degree of the hand");
        }
    }
}
