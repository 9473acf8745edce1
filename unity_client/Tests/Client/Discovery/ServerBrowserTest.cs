using System;
using System.Collections.Generic;
using System.Threading;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class ServerBrowserTest
    {
        private readonly List<string> _log = new List<string>();
        private FakeTime _time;
        private FakeMulticast _network;
        private ServerBrowser _browser;
        private int _changes;

        [SetUp]
        public void Start()
        {
            _log.Clear();
            _changes = 0;
            _time = new FakeTime();
            _network = new FakeMulticast();
            _browser = new ServerBrowser(_network, _time, _log.Add);
            _browser.Changed += () => _changes++;
            _browser.Start();
            _browser.Pump();
        }

        [Test]
        public void AsksAtOnceAndThenLessAndLessOften()
        {
            var gaps = new List<double>();
            int sent = _network.Sent.Count;
            Assert.That(sent, Is.EqualTo(1));
            double last = _time.Now;
            for (int second = 0; second < 300; second++)
            {
                _time.Pass(1);
                _browser.Pump();
                if (_network.Sent.Count > sent)
                {
                    sent = _network.Sent.Count;
                    gaps.Add(_time.Now - last);
                    last = _time.Now;
                }
            }
            Assert.That(gaps, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 }));
        }

        [Test]
        public void FindsAServerWithAllThatItSays()
        {
            _network.Deliver(AnswerPacket.OfServer());
            _browser.Pump();
            Assert.That(_changes, Is.EqualTo(1));
            FoundServer found = _browser.Servers[0];
            Assert.That(found.Name, Is.EqualTo("Studio PC"));
            Assert.That(found.Id, Is.EqualTo("0123abcd"));
            Assert.That(found.Version, Is.EqualTo("1"));
            Assert.That(found.Address, Is.EqualTo(new Uri("ws://192.168.1.20:7340/socket")));
        }

        [Test]
        public void TheSameAnswerAgainIsNoChange()
        {
            _network.Deliver(AnswerPacket.OfServer());
            _browser.Pump();
            _network.Deliver(AnswerPacket.OfServer());
            _browser.Pump();
            Assert.That(_changes, Is.EqualTo(1));
        }

        [Test]
        public void OfSeveralAddressesTakesTheOneThatItsAnswerCameFrom()
        {
            string full = "studio." + ServerBrowser.Service;
            var packet = new AnswerPacket()
                .Pointer(ServerBrowser.Service, full, 120)
                .Service(full, "studio.local", 7340, 120)
                .Address("studio.local", "172.17.0.1", 120)
                .Address("STUDIO.local", "192.168.1.20", 120);
            _network.Deliver(packet.Bytes());
            _browser.Pump();
            Assert.That(_browser.Servers[0].Address.Host, Is.EqualTo("192.168.1.20"));
            Assert.That(_browser.Servers[0].Name, Is.EqualTo("studio"));
        }

        [Test]
        public void AsksForWhatAnAnswerLeftOut()
        {
            string full = "studio." + ServerBrowser.Service;
            _network.Deliver(new AnswerPacket().Pointer(ServerBrowser.Service, full, 120).Bytes());
            _time.Pass(1);
            _browser.Pump();
            Assert.That(_browser.Servers, Is.Empty);
            Assert.That(_network.Sent[1][5], Is.EqualTo(3), "questions: the service again, where it is, what it says");
            _network.Deliver(new AnswerPacket().Service(full, "studio.local", 7340, 120).Bytes());
            _time.Pass(2);
            _browser.Pump();
            Assert.That(_network.Sent[2][5], Is.EqualTo(2), "questions: the service again, the address of its host");
            _network.Deliver(new AnswerPacket().Address("studio.local", "10.0.0.3", 120).Bytes());
            _browser.Pump();
            Assert.That(_browser.Servers[0].Address, Is.EqualTo(new Uri("ws://10.0.0.3:7340/socket")));
        }

        [Test]
        public void ForgetsAServerThatSaysGoodbye()
        {
            _network.Deliver(AnswerPacket.OfServer());
            _browser.Pump();
            _network.Deliver(AnswerPacket.OfServer(life: 0));
            _browser.Pump();
            Assert.That(_browser.Servers, Is.Empty);
            Assert.That(_changes, Is.EqualTo(2));
        }

        [Test]
        public void ForgetsAServerThatIsNotHeardOfAnyMore()
        {
            _network.Deliver(AnswerPacket.OfServer(life: 120));
            _browser.Pump();
            _time.Pass(119);
            _browser.Pump();
            Assert.That(_browser.Servers.Count, Is.EqualTo(1));
            _time.Pass(2);
            _browser.Pump();
            Assert.That(_browser.Servers, Is.Empty);
        }

        [Test]
        public void AFloodOfServersIsBounded()
        {
            for (int server = 0; server < 5000; server++)
            {
                _network.Deliver(AnswerPacket.OfServer("rack" + server, "host" + server + ".local"));
                if (server % 50 == 0)
                {
                    _browser.Pump();
                }
            }
            Assert.That(_browser.Servers.Count, Is.LessThanOrEqualTo(64));
        }

        [Test]
        public void AnAddressThatIsNoneOfAServersIsNotKept()
        {
            string full = "evil." + ServerBrowser.Service;
            var packet = new AnswerPacket()
                .Pointer(ServerBrowser.Service, full, 120)
                .Service(full, "evil.local", 7340, 120)
                .Text(full, 120, "path=@elsewhere.example/x")
                .Address("evil.local", "10.0.0.3", 120);
            _network.Deliver(packet.Bytes());
            _browser.Pump();
            Assert.That(_browser.Servers, Is.Empty, "a path that is none");
        }

        [Test]
        public void WithoutANetworkItSaysSoOnceAndFindsNobody()
        {
            var network = new FakeMulticast { IsMissing = true };
            var browser = new ServerBrowser(network, _time, _log.Add);
            browser.Start();
            browser.Pump();
            browser.Start();
            Assert.That(_log.Count, Is.EqualTo(1));
            StringAssert.EndsWith("There is no network.", _log[0]);
            Assert.That(browser.Servers, Is.Empty);
        }

        [Test]
        public void AHandlerThatThrowsIsLoggedAndHarmsNobody()
        {
            _browser.Changed += () => throw new InvalidOperationException("Broken view.");
            _network.Deliver(AnswerPacket.OfServer());
            Assert.DoesNotThrow(() => _browser.Pump());
            StringAssert.Contains("Broken view.", _log[0]);
        }

        [Test]
        public void LooksUpOnlyWhatWaitedWhenItBegan()
        {
            bool isOver = false;
            byte[] answer = AnswerPacket.OfServer();
            var flood = new Thread(() =>
            {
                for (int packet = 0; packet < 20000000 && !Volatile.Read(ref isOver); packet++)
                {
                    _network.Deliver(answer);
                }
            });
            flood.Start();
            for (int frame = 0; frame < 5; frame++)
            {
                _browser.Pump();
            }
            bool isStillComing = flood.IsAlive;
            Volatile.Write(ref isOver, true);
            flood.Join();
            Assert.That(isStillComing, Is.True);
        }

        [Test]
        public void WhereTheWifiRefusesItsLockServersAreLookedForAllTheSame()
        {
            var network = new FakeMulticast();
            var browser = new ServerBrowser(network, _time, _log.Add, new RefusedLock());
            browser.Start();
            browser.Pump();
            Assert.That(network.IsOpen, Is.True);
            Assert.That(network.Sent.Count, Is.EqualTo(1));
            browser.Stop();
            Assert.That(network.IsOpen, Is.False);
            Assert.That(_log, Is.EqualTo(new[]
            {
                "Servers may not be found: Wi-Fi keeps multicast back: No permission.",
                "Looking for servers could not be ended: No permission."
            }));
        }

        [Test]
        public void AHostThatNoServerNamesAnyMoreIsForgotten()
        {
            string full = "studio." + ServerBrowser.Service;
            _network.Deliver(AnswerPacket.OfServer());
            _network.Deliver(new AnswerPacket().Service(full, "other.local", 7340, 120).Bytes());
            _network.Deliver(new AnswerPacket().Service(full, "studio.local", 7340, 120).Bytes());
            _browser.Pump();
            Assert.That(_browser.Servers, Is.Empty, "its address is to be asked for again");
        }

        private sealed class RefusedLock : IMulticastLock
        {
            public void Acquire()
            {
                throw new InvalidOperationException("No permission.");
            }

            public void Release()
            {
                throw new InvalidOperationException("No permission.");
            }
        }
    }
}
