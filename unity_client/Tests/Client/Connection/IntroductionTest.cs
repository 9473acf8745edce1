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
