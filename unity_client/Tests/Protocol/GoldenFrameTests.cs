using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    [TestFixture]
    public sealed class GoldenFrameTests
    {
        private static IEnumerable<GoldenFrame> FromServer => GoldenFrames.All.Where(frame => !frame.IsFromClient);

        private static IEnumerable<GoldenFrame> FromClient =>
            GoldenFrames.All.Where(frame => frame.IsFromClient && frame.IsMessage);

        private static IEnumerable<GoldenFrame> Readable => GoldenFrames.All.Where(frame => !frame.IsUnreadable);

        private static IEnumerable<GoldenFrame> Unreadable => GoldenFrames.All.Where(frame => frame.IsUnreadable);

        [TestCaseSource("FromServer")]
        public void What_the_server_says_is_read_and_written_again_byte_for_byte(GoldenFrame frame)
        {
            byte[] bytes = frame.Bytes;
            ServerMessage message = ReadServer(bytes);
            Assert.That(message, Is.Not.Null);
            Assert.That(Bytes.Shown(Bytes.Written(message.Write)), Is.EqualTo(Bytes.Shown(bytes)));
        }

        [TestCaseSource("FromClient")]
        public void What_a_client_says_is_read_and_written_again_byte_for_byte(GoldenFrame frame)
        {
            byte[] bytes = frame.Bytes;
            byte[] written = Bytes.Written(ReadClient(bytes).Write);
            Dictionary<string, string> given = Bytes.Fields(bytes);
            Dictionary<string, string> complete = Bytes.Fields(written);
            if (given.Count == complete.Count)
            {
                Assert.That(Bytes.Shown(written), Is.EqualTo(Bytes.Shown(bytes)));
            }
            // What leaves out defaults is written with them, and otherwise the same.
            Assert.That(given.Where(field => complete[field.Key] != field.Value), Is.Empty);
        }

        [TestCaseSource("Readable")]
        public void Every_value_of_a_frame_is_read_and_written_again_byte_for_byte(GoldenFrame frame)
        {
            byte[] bytes = frame.Bytes;
            Assert.That(Bytes.Shown(Bytes.Written(writer => Copy.All(bytes, writer))), Is.EqualTo(Bytes.Shown(bytes)));
        }

        [TestCaseSource("Unreadable")]
        public void A_frame_that_the_server_cannot_read_is_refused_here_too(GoldenFrame frame)
        {
            Assert.Throws<ProtocolException>(() => ReadClient(frame.Bytes));
        }

        [Test]
        public void Every_message_of_the_server_has_a_golden_frame()
        {
            IEnumerable<ServerMessageType> read = FromServer.Select(frame => ReadServer(frame.Bytes).Type);
            IEnumerable<ServerMessageType> all = Enum.GetValues(typeof(ServerMessageType)).Cast<ServerMessageType>();
            Assert.That(read, Is.EquivalentTo(all.Where(type => type != ServerMessageType.Unknown)));
        }

        [TestCaseSource("FromServer")]
        public void The_type_of_a_message_is_told_without_reading_it(GoldenFrame frame)
        {
            var reader = new ServerMessageReader();
            var segment = new ArraySegment<byte>(frame.Bytes);
            Assert.That(reader.TypeOf(segment), Is.EqualTo(reader.Read(segment, out _).Type));
        }

        [Test]
        public void A_hello_that_leaves_out_what_has_a_default_means_the_default()
        {
            var hello = (Hello)ReadClient(GoldenFrame.Named("client/hello_without_defaults.accepted").Bytes);
            Assert.That(hello.Protocol, Is.EqualTo(1));
            Assert.That(hello.Name, Is.EqualTo("Ada"));
            Assert.That(hello.Kind, Is.EqualTo(ClientKind.Web));
            Assert.That(hello.Resume, Is.Null);
            Assert.That(hello.Token, Is.EqualTo(""));
        }

        private static ServerMessage ReadServer(byte[] bytes)
        {
            return new ServerMessageReader().Read(new ArraySegment<byte>(bytes), out _);
        }

        private static IClientMessage ReadClient(byte[] bytes)
        {
            MessagePackReader reader = Bytes.Read(bytes);
            IClientMessage message = ClientMessage.Read(ref reader);
            reader.End();
            return message;
        }
    }
}
