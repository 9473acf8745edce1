using System;
using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class ConnectionTest
    {
        [Test]
        public void SaysHelloOnceTheSocketStands()
        {
            var rig = new Rig();
            rig.Client.Connect(new Uri("ws://127.0.0.1:7340/socket"), "kept");
            rig.FramesAlone(2);
            Assert.That(rig.Socket.Waiting, Is.EqualTo(0));
            rig.Socket.Accept();
            rig.Frames(3);
            var hello = (Hello)rig.Server.Heard[0];
            Assert.That(hello.Protocol, Is.EqualTo(1));
            Assert.That(hello.Name, Is.EqualTo("Ada"));
            Assert.That(hello.Token, Is.EqualTo("kept"));
            Assert.That(hello.Resume, Is.Null);
            Assert.That(rig.States, Is.EqualTo(new[]
            {
                ConnectionState.Connecting, ConnectionState.Greeting, ConnectionState.Open
            }));
        }

        [Test]
        public void TriesAgainLaterAndLaterWhereNobodyAnswers()
        {
            var rig = new Rig();
            rig.Client.Connect(new Uri("ws://127.0.0.1:7340/socket"));
            var waits = new List<double>();
            for (int attempt = 0; attempt < 8; attempt++)
            {
                rig.Socket.Break(0, "Nobody is there.");
                rig.Client.Pump();
                Assert.That(rig.Client.Connection.Reason, Is.EqualTo("Nobody is there."));
                waits.Add(rig.Client.Connection.RetrySeconds);
                rig.Time.Pass(waits[attempt] + 0.001);
                rig.Client.Pump();
                Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Connecting));
            }
            Assert.That(waits[0], Is.EqualTo(0.25));
            Assert.That(waits[7], Is.InRange(5, 8));
        }

        [Test]
        public void ResumesWhereItLeftOff()
        {
            Rig rig = new Rig().Connect();
            rig.Server.Edit("", Cause.Edit, Rig.Add("osc"));
            rig.Frames(2);
            rig.Cut();
            Assert.That(rig.Client.Patch.Modules.ContainsKey("osc"), Is.True, "the patch stays meanwhile");
            rig.Server.Edit("", Cause.Edit, Rig.Add("amp", "vca"));
            rig.ComeBack();
            var hello = (Hello)rig.Server.Heard.FindLast(message => message is Hello);
            Assert.That(hello.Resume.Value.Session, Is.EqualTo("session-1"));
            Assert.That(hello.Resume.Value.Revision, Is.EqualTo(1));
            Assert.That(hello.Person, Is.Not.Empty.And.EqualTo(((Hello)rig.Server.Heard[0]).Person));
            Assert.That(rig.Client.Patch.Modules.ContainsKey("amp"), Is.True);
            Assert.That(rig.Client.Patch.Fingerprint, Is.EqualTo(rig.Server.Fingerprint));
        }

        [Test]
        public void NoticesAServerThatHasGoneSilent()
        {
            Rig rig = new Rig().Connect();
            rig.FramesAlone(11 * 72);
            Assert.That(rig.Client.Connection.State, Is.Not.EqualTo(ConnectionState.Open));
            Assert.That(rig.Socket.IsClosedByClient || rig.Server.Connections[0].IsClosedByClient, Is.True);
        }

        [Test]
        public void AHeadsetThatWasAsleepDoesNotTakeItsOwnSilenceForTheServers()
        {
            Rig rig = new Rig().Connect();
            rig.Frames(300);
            rig.Time.Pass(60); // no frames, and nothing asked
            rig.Frames(10);
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
        }

        [Test]
        public void AHeadsetThatWokeUpNoticesSoonThatItsConnectionIsDead()
        {
            Rig rig = new Rig().Connect();
            rig.Frames(300);
            rig.Time.Pass(60);
            rig.Client.Wake();
            rig.FramesAlone(4 * 72);
            Assert.That(rig.Client.Connection.State, Is.Not.EqualTo(ConnectionState.Open));
        }

        [Test]
        public void AHeadsetThatWokeUpAndIsAnsweredIsAsPatientAsBefore()
        {
            Rig rig = new Rig().Connect();
            rig.Frames(300);
            rig.Time.Pass(60);
            rig.Client.Wake();
            rig.Frames(10);
            rig.FramesAlone(5 * 72);
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
        }

        [Test]
        public void AsksForTheCodeAndKeepsTheToken()
        {
            var rig = new Rig();
            rig.Server.PairingCode = "123456";
            string given = null;
            rig.Client.TokenGiven += token => given = token;
            rig.Connect();
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Refused));
            Assert.That(rig.Client.Connection.NeedsPairing, Is.True);
            Assert.That(rig.Client.Connection.Reason, Is.EqualTo("Enter the code that the server shows."));
            rig.FramesAlone(72 * 30);
            Assert.That(rig.Server.Connections, Is.Empty, "it does not knock again by itself");
            rig.Client.Pair("000000");
            rig.Socket.Accept();
            rig.Frames(3);
            Assert.That(rig.Client.Connection.NeedsPairing, Is.True);
            rig.Client.Pair("123456");
            rig.Socket.Accept();
            rig.Frames(3);
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
            Assert.That(given, Is.EqualTo("token"));
            rig.Cut();
            rig.ComeBack();
            var hello = (Hello)rig.Server.Heard.FindLast(message => message is Hello);
            Assert.That(hello.Token, Is.EqualTo("token"));
            Assert.That(hello.Code, Is.EqualTo(""));
        }

        [Test]
        public void AServerOfAnotherVersionIsRefused()
        {
            var rig = new Rig();
            rig.Server.Protocol = 2;
            rig.Connect();
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Refused));
            StringAssert.Contains("version 2", rig.Client.Connection.Reason);
        }

        [TestCase(new byte[] { 0xc1 })]
        [TestCase(new byte[0])]
        [TestCase(new byte[] { 0x80 })]
        [TestCase(new byte[] { 0xdf, 0xff, 0xff, 0xff, 0xff })]
        // {"type": "batch"}, and nothing else
        [TestCase(new byte[] { 0x81, 0xa4, 0x74, 0x79, 0x70, 0x65, 0xa5, 0x62, 0x61, 0x74, 0x63, 0x68 })]
        public void NonsenseIsLoggedOnceAndTheConnectionRecovers(byte[] nonsense)
        {
            Rig rig = new Rig().Connect();
            for (int attempt = 0; attempt < 3; attempt++)
            {
                rig.Socket.Put(nonsense);
                rig.Frames(2);
                Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Waiting));
                rig.Server.Leave(rig.Socket);
                rig.ComeBack();
                Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
            }
            Assert.That(rig.Log.Count, Is.EqualTo(1));
        }

        [Test]
        public void WhatANewerServerAddsIsPassedOver()
        {
            Rig rig = new Rig().Connect();
            var writer = new MessagePackWriter();
            writer.WriteMapHeader(2);
            writer.WriteText("type");
            writer.WriteText("weather");
            writer.WriteText("sun");
            writer.WriteBoolean(true);
            for (int time = 0; time < 3; time++)
            {
                rig.Socket.Put(new List<byte>(writer.Written).ToArray());
                rig.Frames(2);
            }
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
            Assert.That(rig.Log.Count, Is.EqualTo(1));
        }

        [Test]
        public void MessagesBeforeTheWelcomeMakeNoSense()
        {
            var rig = new Rig();
            rig.Client.Connect(new Uri("ws://127.0.0.1:7340/socket"));
            rig.Socket.Accept();
            rig.Server.Tell(rig.Socket, new Ack(1, 1));
            rig.Socket.Deliver();
            rig.Client.Pump();
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Waiting));
        }

        [Test]
        public void DisconnectingEndsItAndConnectingAgainResumes()
        {
            Rig rig = new Rig().Connect();
            rig.Server.Edit("", Cause.Edit, Rig.Add("osc"));
            rig.Frames(2);
            FakeSocket socket = rig.Socket;
            rig.Client.Disconnect();
            Assert.That(socket.IsClosedByClient, Is.True);
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Idle));
            rig.Server.Leave(socket);
            rig.FramesAlone(2000);
            Assert.That(rig.Server.Connections, Is.Empty);
            rig.Connect();
            Assert.That(((Hello)rig.Server.Heard.FindLast(message => message is Hello)).Resume, Is.Not.Null);
        }

        [Test]
        public void LearnsTheServersClock()
        {
            Rig rig = new Rig().Connect();
            rig.Frames(200);
            Assert.That(rig.Client.Clock.Now, Is.EqualTo(rig.Time.Now + 1000).Within(0.02));
            Assert.That(rig.Client.Clock.RoundTrips.Count, Is.GreaterThan(5));
        }

        [Test]
        public void WhoeverIsAwayTooLongBeginsAnew()
        {
            Rig rig = new Rig().Connect();
            for (int turn = 0; turn < 60000; turn++)
            {
                rig.Server.Tell(rig.Socket, new Hold("osc", "pitch", null));
            }
            rig.Socket.Deliver();
            rig.Client.Pump();
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Waiting));
            rig.Server.Leave(rig.Socket);
            rig.ComeBack();
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
        }
    }
}
