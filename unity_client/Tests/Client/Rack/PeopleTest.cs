using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class PeopleTest
    {
        private const int Most = 256;

        [Test]
        public void ACrowdIsBoundedAndWhoeverLeavesMakesRoom()
        {
            var people = new People(new LogOnce(null));
            for (int guest = 0; guest < 1000; guest++)
            {
                people.Take(new Joined(Guest(guest)));
            }
            Assert.That(people.All.Count, Is.EqualTo(Most));
            Assert.That(people.Find("guest999"), Is.Null);
            people.Take(new Left("guest7"));
            Assert.That(people.Find("guest7"), Is.Null);
            people.Take(new Joined(Guest(999)));
            Assert.That(people.Find("guest999"), Is.Not.Null);
        }

        [Test]
        public void InACrowdThatIsThereAlreadyWeAreAllTheSame()
        {
            var guests = new List<ClientInfo>();
            for (int guest = 0; guest < 1000; guest++)
            {
                guests.Add(Guest(guest));
                guests.Add(Guest(0)); // twice
            }
            var people = new People(new LogOnce(null));
            people.Take(new Welcome(
                1, "Fake 1.0", "session", "guest999", guests, new ModuleInfo[0], new string[0], 0, "", null,
                new List<Batch>(), new Clock(0, 0), new EngineStatus(EngineState.Playing, "", "clock", 48000, 64), ""));
            Assert.That(people.All.Count, Is.EqualTo(Most + 1));
            Assert.That(people.Find("guest999").IsSelf, Is.True);
        }

        [Test]
        public void WhoeverCallsThemselvesSomethingElseIsStillThere()
        {
            var people = new People(new LogOnce(null));
            int seen = 0;
            people.Moved += person => seen++;
            people.Take(new Joined(Guest(1)));
            people.Take(new Introduced(new ClientInfo("guest1", "Ada", ClientKind.Web, "#00ff00")));
            people.Take(new Introduced(new ClientInfo("guest2", "nobody", ClientKind.Web, "#00ff00")));
            Assert.That(people.All.Count, Is.EqualTo(1));
            Assert.That(people.Find("guest1").Name, Is.EqualTo("Ada"));
            Assert.That(people.Find("guest1").Hue, Is.EqualTo(120));
            Assert.That(seen, Is.EqualTo(1));
        }

        [TestCase("#ff0000", 0)]
        [TestCase("#ffff00", 60)]
        [TestCase("#5ab4f0", 204)]
        [TestCase("#ff00ff", 300)]
        [TestCase("#808080", 0)]
        [TestCase("", 0)]
        [TestCase("#green!", 0)]
        public void TheHueIsThatOfTheColour(string color, int hue)
        {
            var people = new People(new LogOnce(null));
            people.Take(new Joined(new ClientInfo("guest", "Bob", ClientKind.Web, color)));
            Assert.That(people.Find("guest").Hue, Is.EqualTo(hue));
        }

        private static ClientInfo Guest(int number)
        {
            return new ClientInfo("guest" + number, "Bob", ClientKind.Web, "");
        }
    }
}
