using System;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    [TestFixture]
    public sealed class NewerServerTests
    {
        private readonly MessagePackWriter _writer = new MessagePackWriter();

        [Test]
        public void A_message_of_unknown_type_is_skipped_and_told_once()
        {
            Begin("dance", 2);
            _writer.WriteText("steps");
            _writer.WriteArrayHeader(1);
            _writer.WriteNil();
            var reader = new ServerMessageReader();
            Assert.That(reader.Read(_writer.Written, out string first), Is.Null);
            Assert.That(reader.Read(_writer.Written, out string second), Is.Null);
            Assert.That(first, Is.EqualTo("Message 'dance' is not known here and is skipped."));
            Assert.That(second, Is.Null);
            Assert.That(reader.TypeOf(_writer.Written), Is.EqualTo(ServerMessageType.Unknown));
        }

        [Test]
        public void A_field_that_is_not_known_is_skipped_and_told_once()
        {
            Begin("left", 3);
            _writer.WriteText("reason");
            _writer.WriteMapHeader(1);
            _writer.WriteText("code");
            _writer.WriteInteger(7);
            _writer.WriteText("client");
            _writer.WriteText("client-1");
            var reader = new ServerMessageReader();
            var left = (Left)reader.Read(_writer.Written, out string first);
            reader.Read(_writer.Written, out string second);
            Assert.That(left.Client, Is.EqualTo("client-1"));
            Assert.That(first, Is.EqualTo("Left 'reason' is not known here and is skipped."));
            Assert.That(second, Is.Null);
        }

        [Test]
        public void The_type_need_not_come_first()
        {
            _writer.Clear();
            _writer.WriteMapHeader(2);
            _writer.WriteText("client");
            _writer.WriteText("client-1");
            _writer.WriteText("type");
            _writer.WriteText("left");
            var left = (Left)new ServerMessageReader().Read(_writer.Written, out _);
            Assert.That(left.Client, Is.EqualTo("client-1"));
        }

        [Test]
        public void A_word_that_is_not_known_reads_as_unknown()
        {
            _writer.Clear();
            _writer.WriteMapHeader(3);
            _writer.WriteText("id");
            _writer.WriteText("client-1");
            _writer.WriteText("name");
            _writer.WriteText("Ada");
            _writer.WriteText("kind");
            _writer.WriteText("watch");
            var reader = new MessagePackReader(_writer.Written, new TextCache());
            Assert.That(ClientInfo.Read(ref reader).Kind, Is.EqualTo(ClientKind.Unknown));
        }

        [Test]
        public void A_command_that_is_not_known_is_left_out_of_its_batch()
        {
            Begin("batch", 6);
            _writer.WriteText("revision");
            _writer.WriteInteger(5);
            _writer.WriteText("client");
            _writer.WriteText("client-1");
            _writer.WriteText("cause");
            _writer.WriteText("edit");
            _writer.WriteText("commands");
            _writer.WriteArrayHeader(2);
            _writer.WriteMapHeader(2);
            _writer.WriteText("do");
            _writer.WriteText("explode");
            _writer.WriteText("id");
            _writer.WriteText("osc");
            new Disconnect("c1").Write(_writer);
            _writer.WriteText("fingerprint");
            _writer.WriteText("0123456789abcdef");
            var batch = (Batch)new ServerMessageReader().Read(_writer.Written, out string told);
            Assert.That(batch.Commands.Count, Is.EqualTo(1));
            Assert.That(batch.Commands[0].Type, Is.EqualTo(CommandType.Disconnect));
            Assert.That(told, Is.EqualTo("Command 'explode' is not known here and is skipped."));
        }

        [Test]
        public void A_server_that_makes_up_names_without_end_is_told_of_no_more_than_64_times()
        {
            var reader = new ServerMessageReader();
            int told = 0;
            for (int i = 0; i < 1000; i++)
            {
                Begin($"dance-{i}", 1);
                reader.Read(_writer.Written, out string sentence);
                told += sentence == null ? 0 : 1;
            }
            Assert.That(told, Is.EqualTo(64));
        }

        [Test]
        public void A_word_that_stands_for_the_unknown_cannot_be_sent()
        {
            var hello = new Hello(Limits.ProtocolVersion, "Ada", ClientKind.Unknown);
            Assert.Throws<ProtocolException>(() => hello.Write(_writer));
        }

        private void Begin(string type, int fields)
        {
            _writer.Clear();
            _writer.WriteMapHeader(fields);
            _writer.WriteText("type");
            _writer.WriteText(type);
        }
    }
}
