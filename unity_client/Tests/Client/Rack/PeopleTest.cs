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

        private static ClientInfo Guest(int number)
        {
            return new ClientInfo("guest" + number, "Bob", ClientKind.Web, "");
        }
    }
}
