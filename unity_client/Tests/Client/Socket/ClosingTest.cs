using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    /// <summary>
    /// No socket is closed on the thread that pumps: it may be in a headset's frame, and closing may take a second.
    /// </summary>
    public sealed class ClosingTest
    {
        private const int Patience = 10000; // ms

        private readonly List<SlowSocket> _made = new List<SlowSocket>();
        private readonly List<TcpClient> _queue = new List<TcpClient>();
        private readonly AutoResetEvent _isMade = new AutoResetEvent(false);
        private TcpListener _server;
        private FakeTime _time;
        private RackClient _client;

        [SetUp]
        public void Listen()
        {
            _made.Clear();
            _server = new TcpListener(IPAddress.Loopback, 0);
            _server.Start(1);
            _time = new FakeTime();
            _client = new RackClient(new RackOptions
            {
                Sockets = () => new WebSocket(family => Make(family, SocketType.Stream, ProtocolType.Tcp)),
                Time = _time,
                Random = () => 0
            });
        }

        [TearDown]
        public void Stop()
        {
            _client.Dispose();
            _server.Stop();
            _queue.ForEach(client => client.Close());
            _queue.Clear();
        }

        [Test]
        public void AServerThatDoesNotAnswerIsGivenUpWithoutClosingInAFrame()
        {
            _client.Connect(Address);
            TcpClient peer = _server.AcceptTcpClient();
            _queue.Add(peer);
            peer.ReceiveTimeout = Patience;
            Assert.That(peer.GetStream().Read(new byte[1], 0, 1), Is.EqualTo(1), "it asks to be let in, and waits");
            _time.Pass(11);
            _client.Pump();
            Assert.That(_client.Connection.Reason, Is.EqualTo("The server does not answer."));
            AssertClosedElsewhere();
        }

        [Test]
        public void AServerThatCannotBeReachedIsGivenUpWithoutClosingInAFrame()
        {
            FillQueue();
            _client.Connect(Address);
            AwaitConnecting();
            _time.Pass(11);
            _client.Pump();
            Assert.That(_client.Connection.State, Is.EqualTo(ConnectionState.Waiting));
            AssertClosedElsewhere();
        }

        [Test]
        public void AnotherServerIsChosenWithoutClosingInAFrame()
        {
            FillQueue();
            _client.Connect(Address);
            AwaitConnecting();
            _client.Disconnect();
            AssertClosedElsewhere();
        }

        [Test]
        public void LookingForServersIsEndedWithoutClosingInAFrame()
        {
            var network = new UdpMulticast(() => Make(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
            var browser = new ServerBrowser(network, _time, Assert.Fail);
            browser.Start();
            browser.Pump();
            browser.Stop();
            AssertClosedElsewhere();
        }

        [Test]
        public void WhoLooksAgainAtOnceHearsWithAnotherSocket()
        {
            var network = new UdpMulticast(() => Make(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
            network.Open((packet, sender) => { });
            network.Open((packet, sender) => { });
            Assert.That(_made[0].Closer, Is.Not.EqualTo(0).And.Not.EqualTo(Thread.CurrentThread.ManagedThreadId));
            network.Send(new byte[12], 12);
            network.Close();
            Assert.That(_made[_made.Count - 1].Closer, Is.Not.EqualTo(0));
        }

        private Uri Address => new Uri("ws://127.0.0.1:" + ((IPEndPoint)_server.LocalEndpoint).Port + "/socket");

        private Socket Make(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            var socket = new SlowSocket(family, type, protocol);
            _made.Add(socket);
            _isMade.Set();
            return socket;
        }

        /// <summary>Connects until the server's queue is full: who comes after waits for an answer to the first packet.</summary>
        private void FillQueue()
        {
            for (bool isTaken = true; isTaken;)
            {
                var client = new TcpClient();
                _queue.Add(client);
                IAsyncResult begun = client.BeginConnect(
                    IPAddress.Loopback, ((IPEndPoint)_server.LocalEndpoint).Port, null, null);
                isTaken = begun.AsyncWaitHandle.WaitOne(500);
            }
        }

        /// <summary>Until its socket is the line's own: it is given its options then.</summary>
        private void AwaitConnecting()
        {
            Assert.That(_isMade.WaitOne(Patience), Is.True);
            Assert.That(SpinWait.SpinUntil(() => _made[0].SendTimeout > 0, Patience), Is.True);
        }

        private void AssertClosedElsewhere()
        {
            Assert.That(_made.Count, Is.EqualTo(1));
            Assert.That(_made[0].Closer, Is.Not.EqualTo(0), "nobody closes it");
            Assert.That(_made[0].Closer, Is.Not.EqualTo(Thread.CurrentThread.ManagedThreadId), "closed in a frame");
        }
    }
}
