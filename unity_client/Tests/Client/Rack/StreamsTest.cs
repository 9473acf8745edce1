using System;
using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class StreamsTest
    {
        [Test]
        public void SoundDoesNotWaitForAFrame()
        {
            Rig rig = new Rig().Connect();
            var block = new float[512];
            for (int piece = 0; piece < 8; piece++)
            {
                byte[] pcm = Tone.Pcm(480 * piece, 480, 440, 48000);
                rig.Server.Tell(rig.Socket, new Audio(480 * piece, 48000, new ArraySegment<byte>(pcm)));
            }
            rig.Socket.Deliver(); // and no Pump
            rig.Client.Sound.Read(block, 2);
            Assert.That(rig.Client.Sound.State.IsPlaying, Is.True);
            Assert.That(block, Has.Some.GreaterThan(0.1f));
        }

        [Test]
        public void TheLatencyIsFromTheEnginesClockToTheLoudspeaker()
        {
            Rig rig = new Rig().Connect();
            rig.Frames(40);
            Assert.That(rig.Client.SoundLatency(0), Is.Null, "nothing plays");
            long played = (long)(rig.Time.Now * 48000); // as the fake server's pongs say
            for (int piece = 20; piece > 0; piece--)
            {
                byte[] pcm = Tone.Pcm(0, 480, 440, 48000);
                rig.Server.Tell(rig.Socket, new Audio(played - 480 * piece, 48000, new ArraySegment<byte>(pcm)));
            }
            rig.Socket.Deliver();
            rig.Client.Sound.Read(new float[512], 2);
            double depth = rig.Client.Sound.State.DepthSeconds;
            Assert.That(rig.Client.SoundLatency(0.005).Value, Is.EqualTo(depth + 0.005).Within(0.025));
        }

        [Test]
        public void AScopeShowsTheLatestAndBeginsAnewAfterAGap()
        {
            Rig rig = new Rig().Connect();
            ScopeTrace trace = rig.Client.Scopes.Open(new JackId("osc", "out"));
            rig.Frames(2);
            Hear(rig, 0, 1, 2, 3);
            Hear(rig, 3, 4, 5);
            var latest = new float[4];
            Assert.That(trace.Latest(latest), Is.EqualTo(4));
            Assert.That(latest, Is.EqualTo(new float[] { 2, 3, 4, 5 }));
            Assert.That(trace.SampleTime, Is.EqualTo(5));
            Hear(rig, 100, 9);
            Assert.That(trace.Latest(latest), Is.EqualTo(1));
            Assert.That(latest[0], Is.EqualTo(9));
        }

        [Test]
        public void AScopesSamplesThatAreNoneAreLogged()
        {
            Rig rig = new Rig().Connect();
            rig.Client.Scopes.Open(new JackId("osc", "out"));
            var odd = new ArraySegment<byte>(new byte[5]);
            rig.Server.Tell(rig.Socket, new Scope("osc", "out", 0, 48000, odd));
            rig.Frames(2);
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
            Assert.That(rig.Log.Count, Is.EqualTo(1));
        }

        [Test]
        public void PresenceAllocatesNothingEitherWay()
        {
            Rig rig = new Rig().Connect();
            rig.Server.Tell(rig.Socket, new Joined(new ClientInfo("client-9", "Bob", ClientKind.Headset, "")));
            rig.Frames(2);
            var wire = new Wire();
            wire.Attach(new SilentSocket(), true);
            var own = new OwnPresence(wire);
            var pose = new RackPose(new Vector(1, 2, 3), Rotation.None);
            var holding = new List<string> { "osc/pitch" };
            var writer = new MessagePackWriter();
            new OthersPresence("client-9", pose, pose, null, holding).Write(writer);
            Allocations.AssertNone(() =>
            {
                own.Set(pose, pose, null, holding);
                own.Flush();
                rig.Socket.Hear(writer.Written);
                rig.Client.Pump();
            });
            Assert.That(rig.Client.People.Find("client-9").Holding, Is.EqualTo(holding));
        }

        [Test]
        public void NotesThatSoundAreEndedAfterAReconnect()
        {
            Rig rig = new Rig().Connect();
            rig.Client.Notes.Start("keys", 60, 0, 0.8);
            rig.Client.Notes.Start("keys", 64, 4 / 12.0, 0.8);
            rig.Client.Notes.End("keys", 64);
            rig.Frames(2);
            rig.Cut();
            Assert.That(rig.Client.Notes.Start("keys", 67, 7 / 12.0, 0.8), Is.False);
            rig.ComeBack();
            rig.Frames(2);
            var last = (Note)rig.Server.Heard.FindLast(message => message is Note);
            Assert.That(last.Number, Is.EqualTo(60));
            Assert.That(last.Velocity, Is.EqualTo(0));
            Assert.That(rig.Server.Heard.FindAll(message => message is Note).Count, Is.EqualTo(4));
        }

        private static void Hear(Rig rig, long sampleTime, params float[] volts)
        {
            var bytes = new byte[4 * volts.Length];
            Buffer.BlockCopy(volts, 0, bytes, 0, bytes.Length);
            rig.Server.Tell(rig.Socket, new Scope("osc", "out", sampleTime, 48000, new ArraySegment<byte>(bytes)));
            rig.Frames(2);
        }
    }
}
