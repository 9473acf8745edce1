using System;
using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    /// <summary>
    /// Whatever a server says, a frame goes on; and with a server that makes sense all is well again.
    /// </summary>
    public sealed class HostileServerTest
    {
        [Test]
        public void BytesThatWereChangedOnTheWayNeverReachAFrame([Range(1, 8)] int seed)
        {
            var random = new Random(seed);
            Rig rig = new Rig().Connect();
            rig.Client.Scopes.Open(new JackId("osc", "out"));
            List<byte[]> said = Sayings();
            for (int attempt = 0; attempt < 400; attempt++)
            {
                var frame = (byte[])said[random.Next(said.Count)].Clone();
                for (int flips = random.Next(0, 4); flips > 0; flips--)
                {
                    frame[random.Next(frame.Length)] = (byte)random.Next(256);
                }
                int count = random.Next(4) == 0 ? random.Next(frame.Length) : frame.Length;
                rig.Socket.Hear(new ArraySegment<byte>(frame, 0, count));
                Assert.DoesNotThrow(() => rig.Frames(1));
                rig.Client.Sound.Read(new float[128], 2);
                if (rig.Client.Connection.State != ConnectionState.Open)
                {
                    rig.Server.Leave(rig.Socket);
                    rig.ComeBack();
                }
            }
            Agree(rig);
        }

        [Test]
        public void MessagesThatMakeSenseOnlyBySyntaxAreSurvived()
        {
            Rig rig = new Rig().Connect();
            var nowhere = new JackId("nowhere", "out");
            var odd = new ServerMessage[]
            {
                new Hold("nowhere", "pitch", "nobody"),
                new Turns(new List<TurnedKnob> { new TurnedKnob("nowhere", "pitch", double.NaN, "nobody") }),
                new Left("nobody"),
                new OthersPresence("nobody", null, null, null, new List<string>()),
                new Ack(12345, 7),
                new RejectedRequest(12345, "held", "", 0),
                new RejectedRequest(null, "", "", -5),
                new Library(999, new LibraryEntry[0], 0),
                new Pong(double.NaN, new Clock(double.NaN, long.MinValue)),
                new Pong(double.PositiveInfinity, new Clock(double.PositiveInfinity, long.MaxValue)),
                new Audio(long.MinValue, int.MaxValue, new ArraySegment<byte>(new byte[3])),
                new Audio(long.MaxValue, 48000, new ArraySegment<byte>(new byte[8])),
                new ModuleFailed("nowhere", ""),
                new EngineStatus(EngineState.Failed, "", "", -1, -1),
                new Batch(0, "", Cause.Edit, new Command[] { Rig.Add("x") }, "old news", ""),
            };
            foreach (ServerMessage message in odd)
            {
                rig.Server.Tell(rig.Socket, message);
                Assert.DoesNotThrow(() => rig.Frames(2), message.Type.ToString());
                Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open), message.Type.ToString());
            }
            Command impossible = new Connect("c", new Cable(nowhere, nowhere));
            rig.Server.Tell(rig.Socket, new Batch(1, "", Cause.Edit, new[] { impossible }, "", ""));
            rig.Frames(2);
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Waiting));
            rig.Server.Leave(rig.Socket);
            rig.ComeBack();
            Agree(rig);
        }

        private static void Agree(Rig rig)
        {
            rig.Server.Edit("", Cause.Edit, Rig.Add("after"));
            rig.Frames(3);
            if (rig.Client.Connection.State != ConnectionState.Open)
            {
                rig.Server.Leave(rig.Socket);
                rig.ComeBack(); // what was changed on the way had been taken for a batch, and now it shows
            }
            Assert.That(rig.Client.Patch.Fingerprint, Is.EqualTo(rig.Server.Fingerprint));
            Assert.That(rig.Client.Patch.Modules.ContainsKey("after"), Is.True);
        }

        private static List<byte[]> Sayings()
        {
            var knobs = new List<TurnedKnob> { new TurnedKnob("osc", "pitch", 0.5, "client-9") };
            var pose = new RackPose(new Vector(1, 2, 3), Rotation.None);
            var samples = new ArraySegment<byte>(new byte[16]);
            var said = new ServerMessage[]
            {
                new Batch(1, "", Cause.Edit, new Command[] { Rig.Add("osc"), new SetKnob("osc", "pitch", 1) }, "ab",
                    ""),
                new Ack(1, 1), new RejectedRequest(1, "held", "No.", 0), new Turns(knobs),
                new Hold("osc", "pitch", "client-9"), new Joined(new ClientInfo("client-9", "Bob", ClientKind.Web, "")),
                new Left("client-9"), new OthersPresence("client-9", pose, null, pose, new List<string> { "osc" }),
                new Audio(0, 48000, samples), new Scope("osc", "out", 0, 48000, samples),
                new ModuleFailed("osc", "It broke."), new Notice("edits_lost", "Bad."),
                new Keeping(KeepingState.NotKept, "The disk is full."),
                new Pong(100, new Clock(1, 2)), new EngineStatus(EngineState.Playing, "Playing.", "clock", 48000, 64),
            };
            var writer = new MessagePackWriter();
            return new List<byte[]>(Array.ConvertAll(said, message =>
            {
                writer.Clear();
                message.Write(writer);
                return new List<byte>(writer.Written).ToArray();
            }));
        }
    }
}
