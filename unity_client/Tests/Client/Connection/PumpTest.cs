using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    /// <summary>However much a server says, a frame ends.</summary>
    public sealed class PumpTest
    {
        [Test]
        public void WhatComesMeanwhileWaitsForTheNextFrame()
        {
            Rig rig = new Rig().Connect();
            int heard = 0;
            rig.Client.Told += remark =>
            {
                if (++heard < 10)
                {
                    Say(rig, new Notice("again", "And again."));
                }
            };
            Say(rig, new Notice("again", "And again."));
            rig.Client.Pump();
            Assert.That(heard, Is.EqualTo(1));
            rig.Client.Pump();
            Assert.That(heard, Is.EqualTo(2));
        }

        [Test]
        public void AFloodIsSpreadOverFramesAndNothingOfItIsLost()
        {
            Rig rig = new Rig().Connect();
            int left = 0;
            rig.Client.People.Left += person => left++;
            for (int guest = 0; guest < 600; guest++)
            {
                Say(rig, new Joined(new ClientInfo("guest", "Bob", ClientKind.Web, "")));
                Say(rig, new Left("guest"));
            }
            rig.Client.Pump();
            Assert.That(left, Is.InRange(1, 250));
            for (int frame = 0; frame < 1000 && left < 600; frame++)
            {
                rig.Client.Pump();
            }
            Assert.That(left, Is.EqualTo(600));
        }

        [Test]
        public void OfWhatIsOfTheMomentTheNewestCounts()
        {
            Rig rig = new Rig().Connect();
            int metered = 0;
            var moved = new List<string>();
            rig.Client.Meters.Changed += meters => metered++;
            rig.Client.People.Moved += person => moved.Add(person.Id + " " + person.Holding[0]);
            Say(rig, new Joined(new ClientInfo("ada", "Ada", ClientKind.Web, "")));
            Say(rig, new Joined(new ClientInfo("bob", "Bob", ClientKind.Web, "")));
            for (int moment = 1; moment <= 5; moment++)
            {
                Say(rig, new Meters(0, moment, 0, 0, new ReusedMap<ModuleMeter>(), new List<string>(), 0, 0, 0));
                Say(rig, new OthersPresence("ada", null, null, null, new List<string> { "a" + moment }));
                Say(rig, new OthersPresence("bob", null, null, null, new List<string> { "b" + moment }));
            }
            rig.Client.Pump();
            Assert.That(metered, Is.EqualTo(1));
            Assert.That(rig.Client.Meters.Load, Is.EqualTo(5));
            Assert.That(moved, Is.EqualTo(new[] { "ada a5", "bob b5" }));
            Say(rig, new OthersPresence("ada", null, null, null, new List<string> { "a6" }));
            rig.Client.Pump();
            Assert.That(moved[2], Is.EqualTo("ada a6"));
        }

        [Test]
        public void InOneFrameNoMoreIsToldThanCanBeRead()
        {
            Rig rig = new Rig().Connect();
            for (int notice = 0; notice < 100; notice++)
            {
                Say(rig, new Notice("n", "Number " + notice));
            }
            rig.Client.Pump();
            Assert.That(rig.Told.Count, Is.EqualTo(16));
            Say(rig, new Notice("n", "Later."));
            rig.Client.Pump();
            Assert.That(rig.Told[rig.Told.Count - 1].Sentence, Is.EqualTo("Later."));
        }

        private static void Say(Rig rig, ServerMessage message)
        {
            var writer = new MessagePackWriter();
            message.Write(writer);
            rig.Socket.Hear(writer.Written);
        }
    }
}
