using System;
using System.Linq;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    [TestFixture]
    public sealed class BadFrameTests
    {
        [TestCase("", "At byte 0: the message is cut off.")]
        [TestCase("93 01 02 03", "At byte 0: a map was expected, and there is an array.")]
        [TestCase("81 01 02", "At byte 1: a text was expected, and there is an integer.")]
        [TestCase("81 a2 69 64 07", "At byte 5: type is missing.")]
        [TestCase("81 a4 74 79 70 65 05", "In field 'type', at byte 6: a text was expected, and there is an integer.")]
        [TestCase("81 a4 74 79 70 65 a2 ff fe", "At byte 7: a text is not valid UTF-8.")]
        [TestCase("df 80 00 00 00", "At byte 5: 2147483648 bytes or values cannot be in 0 bytes.")]
        [TestCase("df 7f ff ff ff c0", "At byte 5: a map of 2147483647 cannot be in 1 bytes.")]
        [TestCase("c1", "At byte 0: a map was expected, and there is something that the protocol does not use.")]
        public void A_frame_that_is_no_message_is_refused_with_a_sentence(string bytes, string sentence)
        {
            ProtocolException refusal = Refusal(Bytes.Of(bytes));
            Assert.That(refusal.Message, Is.EqualTo(sentence));
        }

        [TestCase("ack", "Ack.id is missing")]
        [TestCase("left", "Left.client is missing")]
        [TestCase("turns", "Turns.knobs is missing")]
        public void A_message_that_lacks_a_field_says_which(string type, string sentence)
        {
            byte[] bytes = Bytes.Written(writer =>
            {
                writer.WriteMapHeader(1);
                writer.WriteText("type");
                writer.WriteText(type);
            });
            StringAssert.Contains(sentence, Refusal(bytes).Message);
        }

        [Test]
        public void An_array_of_two_thousand_million_is_refused_before_anything_is_made()
        {
            byte[] bytes = Bytes.Written(writer =>
            {
                writer.WriteMapHeader(2);
                writer.WriteText("type");
                writer.WriteText("library");
                writer.WriteText("patches");
            }).Concat(Bytes.Of("dd 7f ff ff ff")).ToArray();
            StringAssert.Contains("an array of 2147483647 cannot be in 0 bytes", Refusal(bytes).Message);
        }

        [Test]
        public void A_number_too_large_for_its_field_is_refused()
        {
            MessagePackReader reader = Bytes.Read("ce ff ff ff ff");
            Assert.Throws<ProtocolException>(() => Bytes.Read("ce ff ff ff ff").ReadInt32());
            Assert.Throws<ProtocolException>(() => Bytes.Read("cf ff ff ff ff ff ff ff ff").ReadInteger());
            Assert.That(reader.ReadInteger(), Is.EqualTo(uint.MaxValue));
        }

        [Test]
        public void Nesting_a_million_deep_costs_no_stack()
        {
            const int depth = 1000000;
            byte[] head = Bytes.Written(writer =>
            {
                writer.WriteMapHeader(2);
                writer.WriteText("deep");
            });
            byte[] arrays = Enumerable.Repeat((byte)0x91, depth).ToArray();
            byte[] tail = Bytes.Written(writer =>
            {
                writer.WriteNil();
                writer.WriteText("type");
                writer.WriteText("nobody knows it");
            });
            byte[] bytes = head.Concat(arrays).Concat(tail).ToArray();
            Assert.That(new ServerMessageReader().Read(new ArraySegment<byte>(bytes), out _), Is.Null);
        }

        [TestCase("ff")]
        [TestCase("c0 80")]
        [TestCase("e0 80 80")]
        [TestCase("ed a0 80")]
        [TestCase("f4 90 80 80")]
        [TestCase("c3")]
        [TestCase("41 c3 28")]
        public void Bad_UTF8_is_refused(string bytes)
        {
            byte[] text = Bytes.Of(bytes);
            byte[] frame = new[] { (byte)(0xa0 + text.Length) }.Concat(text).ToArray();
            Assert.Throws<ProtocolException>(() => Bytes.Read(frame).ReadText());
        }

        [Test]
        public void Bytes_behind_a_message_are_refused()
        {
            byte[] frame = GoldenFrame.Named("server/ack").Bytes;
            StringAssert.Contains("follow the message", Refusal(frame.Concat(frame).ToArray()).Message);
        }

        private static ProtocolException Refusal(byte[] bytes)
        {
            var reader = new ServerMessageReader();
            return Assert.Throws<ProtocolException>(() => reader.Read(new ArraySegment<byte>(bytes), out _));
        }
    }
}
