using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    [TestFixture]
    public sealed class ServerMessageTests
    {
        private readonly ServerMessageReader _reader = new ServerMessageReader();

        [Test]
        public void A_welcome_brings_the_catalogue_and_the_patch()
        {
            var welcome = (Welcome)Read("server/welcome");
            Assert.That(welcome.Session, Is.EqualTo("5f3a9c"));
            Assert.That(welcome.Clients[0].Kind, Is.EqualTo(ClientKind.Headset));
            Assert.That(welcome.Engine.State, Is.EqualTo(EngineState.Playing));
            Assert.That(welcome.Clock.SampleTime, Is.EqualTo(588000));
            ModuleInfo vca = welcome.Catalogue[0];
            Assert.That(vca.Inputs[0].Kind, Is.EqualTo(Kind.Cv));
            Assert.That(vca.Inputs[0].Normal, Is.EqualTo(10.0));
            Assert.That(vca.Knobs[0].Scale, Is.EqualTo(KnobScale.Linear));
            Assert.That(vca.Panel.Places["level"].Y, Is.EqualTo(30.0));
            PlacedModule amp = welcome.Patch.Modules["amp"];
            Assert.That(amp.Knobs["level"], Is.EqualTo(0.7));
            Assert.That(amp.Position, Is.EqualTo(new Vector(60.96, 1200.0, -400.0)));
            Assert.That(amp.Rotation.W, Is.EqualTo(0.7071067811865476));
            Assert.That(welcome.Patch.Cables["c1"].From.Jack, Is.EqualTo("saw"));
            Assert.That(Fingerprint.Of(welcome.Patch).Is(welcome.Fingerprint), Is.True);
        }

        [Test]
        public void Meters_are_found_by_module()
        {
            var meters = (Meters)Read("server/meters");
            Assert.That(meters.Load, Is.EqualTo(0.125));
            Assert.That(meters.Modules.TryGetValue("amp", out ModuleMeter amp), Is.True);
            Assert.That(amp.Levels[0].Lowest, Is.EqualTo(-5.0));
            Assert.That(amp.Levels[0].Highest, Is.EqualTo(5.0));
            Assert.That(meters.Modules.TryGetValue("osc", out _), Is.False);
            Assert.That(meters.Feedback, Is.EqualTo(new[] { "c9" }));
        }

        [Test]
        public void Sixteen_bit_samples_become_floats_from_minus_one_to_one()
        {
            var audio = (Audio)Read("server/audio");
            var samples = new float[6];
            Assert.That(Samples.FromPcm16(audio.Pcm, samples, 1), Is.EqualTo(4));
            Assert.That(samples, Is.EqualTo(new[] { 0f, 0f, 0f, 0.5f, -0.5f, 0f }));
        }

        [Test]
        public void A_scope_brings_volts()
        {
            var scope = (Scope)Read("server/scope");
            var samples = new float[2];
            Assert.That(Samples.FromFloat32(scope.Samples, samples, 0), Is.EqualTo(2));
            Assert.That(samples, Is.EqualTo(new[] { 0f, -2.5f }));
        }

        [TestCase(3, 8)]
        [TestCase(8, 3)]
        public void Samples_that_are_cut_off_or_do_not_fit_are_refused(int bytes, int room)
        {
            var samples = new ArraySegment<byte>(new byte[bytes]);
            Assert.Throws<ProtocolException>(() => Samples.FromPcm16(samples, new float[room], 0));
        }

        [Test]
        public void What_comes_often_comes_in_the_same_object()
        {
            foreach (string name in new[] { "turns", "hold", "meters", "audio", "scope", "others_presence" })
            {
                Assert.That(Read($"server/{name}"), Is.SameAs(Read($"server/{name}")), name);
            }
        }

        [Test]
        public void What_comes_seldom_is_its_readers_own()
        {
            Assert.That(Read("server/batch"), Is.Not.SameAs(Read("server/batch")));
        }

        [Test]
        public void Turns_hold_nothing_of_the_turns_before()
        {
            var three = new List<TurnedKnob>();
            for (int i = 0; i < 3; i++)
            {
                three.Add(new TurnedKnob("osc", $"knob-{i}", i, "client-2"));
            }
            byte[] many = Bytes.Written(new Turns(three).Write);
            _reader.Read(new ArraySegment<byte>(many), out _);
            var turns = (Turns)Read("server/turns");
            Assert.That(turns.Knobs.Count, Is.EqualTo(1));
            Assert.That(turns.Knobs[0].Value, Is.EqualTo(0.75));
        }

        private ServerMessage Read(string name)
        {
            return _reader.Read(new ArraySegment<byte>(GoldenFrame.Named(name).Bytes), out _);
        }
    }
}
