using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class InboxTest
    {
        private SoundStream _sound;
        private Inbox _inbox;

        [SetUp]
        public void Open()
        {
            var time = new FakeTime();
            _sound = new SoundStream(time, 48000);
            _inbox = new Inbox(_sound, time, new LogOnce(null));
        }

        [Test]
        public void WhatIsLongerThanItsTypeCanBeIsNonsense()
        {
            Hear(new Notice("n", new string('x', 2 << 20)));
            Assert.That(_inbox.Take().Kind, Is.EqualTo(ArrivalKind.Nonsense));
            Hear(Loaded(2 << 20));
            Assert.That(_inbox.Take().Kind, Is.EqualTo(ArrivalKind.Message), "a batch may be as long as a patch");
        }

        [Test]
        public void LongMessagesThatWaitCountToo()
        {
            Batch batch = Loaded(20 << 20);
            for (int count = 0; count < 4; count++)
            {
                Hear(batch);
            }
            Assert.That(_inbox.Take().Kind, Is.EqualTo(ArrivalKind.Closed));
            Assert.That(_inbox.Waiting, Is.EqualTo(0));
        }

        [Test]
        public void LongMessagesThatWereTakenCountNoMore()
        {
            Batch batch = Loaded(20 << 20);
            for (int count = 0; count < 5; count++)
            {
                Hear(batch);
                Assert.That(_inbox.Take().Kind, Is.EqualTo(ArrivalKind.Message));
            }
        }

        [Test]
        public void OnceClosedItsSoundIsHeardNoMore()
        {
            Hear(new Audio(0, 48000, new System.ArraySegment<byte>(new byte[1920])));
            double before = _sound.State.DepthSeconds;
            Assert.That(before, Is.GreaterThan(0));
            _inbox.Close();
            Hear(new Audio(480, 48000, new System.ArraySegment<byte>(new byte[1920])));
            Assert.That(_sound.State.DepthSeconds, Is.EqualTo(before));
        }

        private void Hear(ServerMessage message)
        {
            var writer = new MessagePackWriter();
            message.Write(writer);
            _inbox.Received(writer.Written);
        }

        private static Batch Loaded(int bytes)
        {
            var commands = new List<Command> { new Describe("Long", new string('x', bytes)) };
            return new Batch(1, "", Cause.Load, commands, "", "");
        }
    }
}
