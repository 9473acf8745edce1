using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Interaction.Tests
{
    public sealed class JackRulesTest
    {
        [Test]
        public void Every_kind_of_output_goes_to_every_kind_of_input()
        {
            var rack = new Rack();
            JackSpot none = default(JackSpot);
            Assert.That(JackRules.MayJoin(rack.Jacks[Rack.Saw], rack.Jacks[Rack.Cv], none, rack), Is.True);
            Assert.That(JackRules.MayJoin(rack.Jacks[Rack.Cv], rack.Jacks[Rack.Saw], none, rack), Is.True);
            Assert.That(JackRules.MayJoin(rack.Jacks[Rack.Cv], rack.Jacks[Rack.Far], none, rack), Is.False);
        }

        [Test]
        public void The_jack_a_plug_was_pulled_from_takes_it_back()
        {
            var rack = new Rack();
            rack.Join(Rack.Saw, Rack.Audio);
            JackSpot audio = rack.Jacks[Rack.Audio];
            Assert.That(JackRules.MayJoin(rack.Jacks[Rack.Saw], audio, default(JackSpot), rack), Is.False);
            Assert.That(JackRules.MayJoin(rack.Jacks[Rack.Saw], audio, audio, rack), Is.True);
        }

        [Test]
        public void The_pull_begins_and_ends_gently()
        {
            Assert.That(JackSnap.Pull(JackSnap.ReachMm + 1f), Is.EqualTo(0f));
            Assert.That(JackSnap.Pull(JackSnap.ReachMm - 0.1f), Is.LessThan(1e-3f));
            Assert.That(JackSnap.Pull(JackSnap.SeatMm), Is.EqualTo(1f));
            Assert.That(JackSnap.Pull(0f), Is.EqualTo(1f));
        }

        [Test]
        public void Kinds_have_the_colours_of_the_browser()
        {
            Assert.That(KindColour.Of(Kind.Audio).ToString(), Is.EqualTo("#f0b25a"));
            Assert.That(KindColour.Of(Kind.Trigger).ToString(), Is.EqualTo("#dd90d8"));
            Assert.That(KindColour.Of(Kind.Unknown).ToString(), Is.EqualTo(KindColour.Of(Kind.Cv).ToString()));
        }
    }
}
