using System;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class ServerAddressTest
    {
        [TestCase("192.168.1.20", "ws://192.168.1.20:7340/socket")]
        [TestCase(" studio.local ", "ws://studio.local:7340/socket")]
        [TestCase("studio.local:7000", "ws://studio.local:7000/socket")]
        [TestCase("ws://10.0.0.2:7341/socket", "ws://10.0.0.2:7341/socket")]
        [TestCase("wss://synth.example/rack", "wss://synth.example/rack")]
        public void What_is_left_out_is_what_every_server_has(string typed, string address)
        {
            Assert.That(ServerAddress.TryParse(typed, out Uri found));
            Assert.That(found, Is.EqualTo(new Uri(address)));
        }

        [TestCase("")]
        [TestCase(null)]
        [TestCase("http://192.168.1.20")]
        [TestCase("two words")]
        [TestCase("host:notaport")]
        public void What_is_no_address_is_refused(string typed)
        {
            Assert.That(ServerAddress.TryParse(typed, out Uri found), Is.False);
            Assert.That(found, Is.Null);
        }
    }
}
