using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class CableGripTest
    {
        private Rack _rack;
        private CableGrip _grip;

        [SetUp]
        public void MakeRack()
        {
            _rack = new Rack();
            _grip = new CableGrip();
        }

        [Test]
        public void A_plug_in_the_air_is_where_the_hand_is()
        {
            _grip.Begin(_rack.Jacks[Rack.Saw]);
            Move(50f, 300f);
            Assert.That(_grip.Target, Is.EqualTo(-1));
            Near.Place(_grip.Loose.Position, Rack.Hand(50f, 300f), 0f);
        }

        [Test]
        public void Nothing_is_wanted_before_the_hand_lets_go()
        {
            _grip.Begin(_rack.Jacks[Rack.Saw]);
            Move(100f, 10f);
            Assert.That(_grip.Target, Is.EqualTo(Rack.Audio));
            Assert.That(_grip.IsHeld, Is.True);
            CableChange change = _grip.Release();
            Assert.That(change.Plugs, Is.True);
            Assert.That(change.Unplug, Is.Null);
            Assert.That(change.From.Jack, Is.EqualTo("saw"));
            Assert.That(change.To.Jack, Is.EqualTo("audio"));
            Assert.That(_grip.IsHeld, Is.False);
            Assert.That(_grip.Release().IsNothing, Is.True, "only once");
        }

        [Test]
        public void A_cable_pulled_from_an_input_runs_to_it()
        {
            _grip.Begin(_rack.Jacks[Rack.Audio]);
            Move(0f, 5f);
            CableChange change = _grip.Release();
            Assert.That(change.From.Jack, Is.EqualTo("saw"));
            Assert.That(change.To.Jack, Is.EqualTo("audio"));
        }

        [Test]
        public void An_output_is_not_drawn_to_an_output_nor_an_input_to_an_input()
        {
            _grip.Begin(_rack.Jacks[Rack.Saw]);
            Move(14f, 0f);
            Assert.That(_grip.Target, Is.EqualTo(-1));
            _grip.Begin(_rack.Jacks[Rack.Audio]);
            Move(114f, 0f);
            Assert.That(_grip.Target, Is.EqualTo(-1));
        }

        [Test]
        public void A_cable_may_go_back_into_its_own_module()
        {
            _grip.Begin(_rack.Jacks[Rack.Saw]);
            Move(300f, 0f);
            Assert.That(_grip.Target, Is.EqualTo(Rack.Far));
        }

        [Test]
        public void Two_jacks_that_are_joined_already_are_not_joined_again()
        {
            _rack.Join(Rack.Saw, Rack.Audio);
            _grip.Begin(_rack.Jacks[Rack.Saw]);
            Move(100f, 0f);
            Assert.That(_grip.Target, Is.EqualTo(Rack.Cv), "the next one");
            _grip.Begin(_rack.Jacks[Rack.Audio]);
            Move(0f, 0f);
            Assert.That(_grip.Target, Is.EqualTo(Rack.Sine));
        }

        [Test]
        public void A_new_cable_let_go_in_the_air_is_gone()
        {
            _grip.Begin(_rack.Jacks[Rack.Saw]);
            Move(50f, 300f);
            Assert.That(_grip.Release().IsNothing, Is.True);
        }

        [Test]
        public void A_plug_pulled_out_and_let_go_in_the_air_is_unplugged()
        {
            TakeFromAudio();
            Move(50f, 300f);
            CableChange change = _grip.Release();
            Assert.That(change.Unplug, Is.EqualTo("cable-1"));
            Assert.That(change.Plugs, Is.False);
        }

        [Test]
        public void A_plug_put_back_where_it_was_changes_nothing()
        {
            TakeFromAudio();
            Move(50f, 300f);
            Move(101f, 3f);
            Assert.That(_grip.Target, Is.EqualTo(Rack.Audio));
            Assert.That(_grip.Release().IsNothing, Is.True);
        }

        [Test]
        public void A_plug_moved_to_another_input_is_one_change()
        {
            TakeFromAudio();
            Move(114f, 3f);
            CableChange change = _grip.Release();
            Assert.That(change.Unplug, Is.EqualTo("cable-1"));
            Assert.That(change.Plugs, Is.True);
            Assert.That(change.From.Jack, Is.EqualTo("saw"));
            Assert.That(change.To.Jack, Is.EqualTo("cv"));
        }

        [Test]
        public void A_hand_that_is_lost_leaves_the_plug_where_it_was()
        {
            _grip.Begin(_rack.Jacks[Rack.Saw]);
            Move(100f, 5f);
            _grip.Move(new Vec3(float.NaN, 0f, 0f), _rack.Jacks, _rack.Jacks.Length, _rack);
            Assert.That(_grip.Target, Is.EqualTo(Rack.Audio));
        }

        [Test]
        public void A_cancelled_grip_wants_nothing()
        {
            TakeFromAudio();
            Move(114f, 3f);
            _grip.Cancel();
            Assert.That(_grip.Release().IsNothing, Is.True);
            Assert.That(_grip.Taken, Is.Null);
        }

        private void TakeFromAudio()
        {
            _rack.Join(Rack.Saw, Rack.Audio);
            _grip.Take("cable-1", _rack.Jacks[Rack.Audio], _rack.Jacks[Rack.Saw]);
            Assert.That(_grip.Taken, Is.EqualTo("cable-1"));
        }

        private HapticPulse Move(float x, float away)
        {
            return _grip.Move(Rack.Hand(x, away), _rack.Jacks, _rack.Jacks.Length, _rack);
        }
    }
}
