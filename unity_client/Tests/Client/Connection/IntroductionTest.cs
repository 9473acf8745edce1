using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class IntroductionTest
    {
        [Test]
        public void WhoWeAreAndOurColourAreSaidInEveryHello()
        {
            var options = new RackOptions { Person = "kept", Color = "#ff8800" };
            Hello hello = new Introduction(options).Hello(null);
            Assert.That(hello.Person, Is.EqualTo("kept"));
            Assert.That(hello.Color, Is.EqualTo("#ff8800"));
        }

        [Test]
        public void WhoDoesNotSayIsTheSameForAsLongAsTheClientLives()
        {
            var introduction = new Introduction(new RackOptions());
            Assert.That(introduction.Hello(null).Person, Is.EqualTo(introduction.Hello(null).Person));
            Assert.That(introduction.Hello(null).Color, Is.Empty);
        }

        [Test]
        public void AnotherNameIsToldAtOnceAndSaidInTheNextHello()
        {
            Rig rig = new Rig().Connect();
            rig.Client.Introduce("Grace", "#5ab4f0");
            rig.Client.Introduce("Grace", "#5ab4f0");
            rig.Frames(2);
            List<Introduce> told = rig.Server.Heard.OfType<Introduce>().ToList();
            Assert.That(told.Count, Is.EqualTo(1));
            Assert.That(told[0].Name, Is.EqualTo("Grace"));
            Assert.That(told[0].Color, Is.EqualTo("#5ab4f0"));
            rig.Cut();
            rig.Client.Introduce("Ada");
            rig.ComeBack();
            Hello hello = rig.Server.Heard.OfType<Hello>().Last();
            Assert.That(hello.Name, Is.EqualTo("Ada"));
            Assert.That(hello.Color, Is.Empty);
            Assert.That(rig.Told, Is.Empty, "that there is no connection is nothing that people need to read");
        }

        [Test]
        public void EveryColourIsOfferedOnceAndTheServerTakesIt()
        {
            var seen = new List<string>();
            for (string color = ""; !seen.Contains(color); color = OwnColour.Next(color))
            {
                seen.Add(color);
                StringAssert.IsMatch("^(#[0-9a-f]{6})?$", color);
            }
            Assert.That(seen.Count, Is.EqualTo(9));
            Assert.That(seen.Select(OwnColour.Name).Distinct().Count(), Is.EqualTo(9));
            Assert.That(OwnColour.Next("#123456"), Is.Empty);
            Assert.That(OwnColour.Name("#123456"), Is.EqualTo("any"));
        }

        [Test]
        public void NoTwoPeopleAreTheSameAndTheServerTakesTheirIds()
        {
            List<string> ids = Enumerable.Range(0, 100).Select(each => RackOptions.NewPerson()).ToList();
            Assert.That(ids.Distinct().Count(), Is.EqualTo(100));
            foreach (string id in ids)
            {
                StringAssert.IsMatch("^[0-9a-f]{32}$", id);
            }
        }
    }
}
