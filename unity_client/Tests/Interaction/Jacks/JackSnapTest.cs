using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class JackSnapTest
    {
        private Rack _rack;
        private CableGrip _grip;

        [SetUp]
        public void PullACable()
        {
            _rack = new Rack();
            _grip = new CableGrip();
            _grip.Begin(_rack.Jacks[Rack.Saw]);
        }

        [Test]
        public void A_hand_that_trembles_between_two_jacks_stays_with_one()
        {
            Move(105f, 10f);
            int first = _grip.Target;
            for (int frame = 0; frame < 40; frame++)
            {
                Move(107f + (frame % 2 == 0 ? 1.5f : -1.5f), 10f);
                Assert.That(_grip.Target, Is.EqualTo(first));
            }
            Move(113f, 10f);
            Assert.That(_grip.Target, Is.EqualTo(Rack.Cv));
        }

        [Test]
        public void A_hand_that_trembles_at_the_reach_of_a_jack_stays_with_it()
        {
            Move(100f, 34f);
            for (int frame = 0; frame < 40; frame++)
            {
                Move(100f, 35f + (frame % 2 == 0 ? 2f : -2f));
                Assert.That(_grip.Target, Is.EqualTo(Rack.Audio));
            }
            Move(100f, 46f);
            Assert.That(_grip.Target, Is.EqualTo(-1));
        }

        [Test]
        public void A_jack_draws_the_plug_without_a_jump()
        {
            float most = 0f;
            Move(100f, 60f);
            for (float away = 60f; away >= 0f; away -= 0.5f)
            {
                Vec3 before = _grip.Loose.Position;
                Move(100f, away);
                most = Math.Max(most, Vec3.Distance(before, _grip.Loose.Position));
            }
            Assert.That(most, Is.LessThan(1.5f), "mm, for 0.5 mm of the hand");
            Near.Place(_grip.Loose.Position, _rack.Jacks[Rack.Audio].End.Position);
        }

        [Test]
        public void The_hand_feels_a_jack_take_the_plug_once()
        {
            int felt = 0;
            for (float away = 60f; away >= 0f; away -= 1f)
            {
                felt += Move(100f, away).IsNone ? 0 : 1;
            }
            Assert.That(felt, Is.EqualTo(1));
        }

        [Test]
        public void Jacks_that_change_places_in_the_list_are_recognised()
        {
            Move(107.5f, 10f);
            Assert.That(_grip.Target, Is.EqualTo(Rack.Cv));
            Array.Reverse(_rack.Jacks);
            Move(106.5f, 10f);
            Assert.That(_rack.Jacks[_grip.Target].Jack, Is.EqualTo("cv"));
        }

        [Test]
        public void A_plug_in_the_hand_allocates_nothing()
        {
            float x = 0f;
            Allocations.AssertNone(() => Move(x = (x + 1f) % 300f, 10f));
        }

        private HapticPulse Move(float x, float away)
        {
            return _grip.Move(Rack.Hand(x, away), _rack.Jacks, _rack.Jacks.Length, _rack);
        }
    }
}
