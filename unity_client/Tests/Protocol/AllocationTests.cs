using System;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    /// <summary>What happens many times a second must leave nothing to the garbage collector: it stops the frame.</summary>
    [TestFixture]
    public sealed class AllocationTests
    {
        private const int Events = 100000;

        private readonly MessagePackWriter _writer = new MessagePackWriter();
        private readonly ServerMessageReader _reader = new ServerMessageReader();
        private readonly float[] _samples = new float[64];

        [Test]
        public void A_runtime_that_always_answers_zero_does_not_count()
        {
            Assert.That(Allocation.Counts(() => 0), Is.False);
            long counted = 0;
            Assert.That(Allocation.Counts(() => counted += 1024), Is.True);
        }

        [Test]
        public void Turning_a_knob_allocates_nothing()
        {
            AssertAllocatesNothing(i => Send(new Turn("osc", "pitch", i)));
        }

        [Test]
        public void Grabbing_and_letting_go_allocate_nothing()
        {
            AssertAllocatesNothing(i =>
            {
                Send(new Grab("osc", "pitch"));
                Send(new Release("osc", "pitch"));
            });
        }

        [Test]
        public void Telling_where_the_hands_are_allocates_nothing()
        {
            var holding = new[] { "osc/pitch" };
            AssertAllocatesNothing(i =>
            {
                var pose = new RackPose(new Vector(i, 1350.5, -310), Rotation.None);
                Send(new Presence(pose, pose, pose, holding));
            });
        }

        [Test]
        public void Playing_a_note_and_a_ping_allocate_nothing()
        {
            AssertAllocatesNothing(i =>
            {
                Send(new Note("keys", 69, 0.75, 0.8, i));
                Send(new Ping(i));
            });
        }

        [TestCase("server/turns")]
        [TestCase("server/hold")]
        [TestCase("server/meters")]
        [TestCase("server/audio")]
        [TestCase("server/scope")]
        [TestCase("server/others_presence")]
        public void Reading_what_comes_often_allocates_nothing(string name)
        {
            var frame = new ArraySegment<byte>(GoldenFrame.Named(name).Bytes);
            AssertAllocatesNothing(i => _reader.Read(frame, out _));
        }

        [Test]
        public void Looking_a_meter_up_allocates_nothing()
        {
            var meters = (Meters)_reader.Read(new ArraySegment<byte>(GoldenFrame.Named("server/meters").Bytes), out _);
            AssertAllocatesNothing(i => meters.Modules.TryGetValue("amp", out _));
        }

        [Test]
        public void Taking_the_samples_out_of_a_message_allocates_nothing()
        {
            var audio = (Audio)_reader.Read(new ArraySegment<byte>(GoldenFrame.Named("server/audio").Bytes), out _);
            AssertAllocatesNothing(i => Samples.FromPcm16(audio.Pcm, _samples, 0));
        }

        [Test]
        public void A_field_of_a_newer_server_allocates_nothing_once_it_is_told()
        {
            _writer.Clear();
            _writer.WriteMapHeader(3);
            _writer.WriteText("type");
            _writer.WriteText("turns");
            _writer.WriteText("smoothness");
            _writer.WriteNumber(0.5);
            _writer.WriteText("knobs");
            _writer.WriteArrayHeader(0);
            ArraySegment<byte> frame = _writer.Written;
            AssertAllocatesNothing(i => _reader.Read(frame, out _));
        }

        [Test]
        public void The_measurement_sees_one_small_object_an_event()
        {
            object kept = null;
            Assert.That(Allocation.Of(Events, i => kept = new object()), Is.GreaterThanOrEqualTo(16 * Events));
            Assert.That(kept, Is.Not.Null);
        }

        private static void AssertAllocatesNothing(Action<int> happen)
        {
            int collections = GC.CollectionCount(0);
            Assert.That(Allocation.Of(Events, happen), Is.EqualTo(0), $"bytes allocated by {Events} events");
            Assert.That(GC.CollectionCount(0), Is.EqualTo(collections));
        }

        private void Send<T>(T message)
            where T : struct, IClientMessage
        {
            _writer.Clear();
            message.Write(_writer);
        }
    }
}
