using System;
using NUnit.Framework;
using SynthVR.Views;
using UnityEngine;

namespace SynthVR.Behaviours.Tests
{
    /// <summary>What the app still knows when it is started again.</summary>
    public sealed class MemoryTests
    {
        private static readonly Uri Address = new Uri("ws://192.168.1.20:7340/socket");

        [SetUp]
        [TearDown]
        public void Forget()
        {
            PlayerPrefs.Kept.Clear();
        }

        [Test]
        public void Who_we_are_is_the_same_the_next_day()
        {
            string person = new ServerMemory().Person;
            StringAssert.IsMatch("^[0-9a-f]{32}$", person);
            Assert.That(new ServerMemory().Person, Is.EqualTo(person));
        }

        [Test]
        public void Our_colour_is_the_same_the_next_day()
        {
            Assert.That(new AppSettings().Color, Is.Empty);
            new AppSettings().Color = "#ff8800";
            Assert.That(new AppSettings().Color, Is.EqualTo("#ff8800"));
        }

        [Test]
        public void A_token_is_kept_with_the_server_that_gave_it()
        {
            var memory = new ServerMemory();
            Assert.That(memory.Choose(Address, "studio"), Is.Empty);
            memory.KeepToken("secret");
            memory.KeepChosen();
            Assert.That(new ServerMemory().Choose(new Uri("ws://192.168.1.99:7340/socket"), "studio"), Is.EqualTo("secret"));
            Assert.That(new ServerMemory().Last, Is.EqualTo(Address));
        }
    }
}
