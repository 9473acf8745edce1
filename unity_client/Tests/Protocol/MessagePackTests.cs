using System;
using System.Linq;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    [TestFixture]
    public sealed class MessagePackTests
    {
        [TestCase(0, "00")]
        [TestCase(127, "7f")]
        [TestCase(128, "cc 80")]
        [TestCase(255, "cc ff")]
        [TestCase(256, "cd 01 00")]
        [TestCase(65535, "cd ff ff")]
        [TestCase(65536, "ce 00 01 00 00")]
        [TestCase(4294967295L, "ce ff ff ff ff")]
        [TestCase(4294967296L, "cf 00 00 00 01 00 00 00 00")]
        [TestCase(long.MaxValue, "cf 7f ff ff ff ff ff ff ff")]
        [TestCase(-1, "ff")]
        [TestCase(-32, "e0")]
        [TestCase(-33, "d0 df")]
        [TestCase(-128, "d0 80")]
        [TestCase(-129, "d1 ff 7f")]
        [TestCase(-32768, "d1 80 00")]
        [TestCase(-32769, "d2 ff ff 7f ff")]
        [TestCase(-2147483648L, "d2 80 00 00 00")]
        [TestCase(-2147483649L, "d3 ff ff ff ff 7f ff ff ff")]
        [TestCase(long.MinValue, "d3 80 00 00 00 00 00 00 00")]
        public void A_whole_number_takes_its_shortest_form(long value, string bytes)
        {
            Assert.That(Bytes.Shown(Bytes.Written(writer => writer.WriteInteger(value))), Is.EqualTo(bytes));
            MessagePackReader reader = Bytes.Read(bytes);
            Assert.That(reader.ReadInteger(), Is.EqualTo(value));
            reader.End();
        }

        [TestCase("cb 3f e8 00 00 00 00 00 00", 0.75)]
        [TestCase("ca 3f 40 00 00", 0.75)]
        [TestCase("ca c0 20 00 00", -2.5)]
        [TestCase("05", 5.0)]
        [TestCase("fb", -5.0)]
        [TestCase("d1 ff 7f", -129.0)]
        [TestCase("cf ff ff ff ff ff ff ff ff", 18446744073709551615.0)]
        public void A_number_may_come_as_any_integer_or_float(string bytes, double value)
        {
            MessagePackReader reader = Bytes.Read(bytes);
            Assert.That(reader.ReadNumber(), Is.EqualTo(value));
            reader.End();
        }

        [TestCase(0, "a0")]
        [TestCase(31, "bf")]
        [TestCase(32, "d9 20")]
        [TestCase(255, "d9 ff")]
        [TestCase(256, "da 01 00")]
        [TestCase(65535, "da ff ff")]
        [TestCase(65536, "db 00 01 00 00")]
        public void A_text_takes_its_shortest_form(int length, string head)
        {
            string text = new string('x', length);
            byte[] bytes = Bytes.Written(writer => writer.WriteText(text));
            Assert.That(Bytes.Shown(bytes.Take(bytes.Length - length).ToArray()), Is.EqualTo(head));
            Assert.That(Bytes.Read(bytes).ReadText(), Is.EqualTo(text));
        }

        [TestCase(0, "c4 00")]
        [TestCase(256, "c5 01 00")]
        [TestCase(65536, "c6 00 01 00 00")]
        public void Bytes_take_their_shortest_form(int length, string head)
        {
            byte[] bytes = Bytes.Written(writer => writer.WriteBytes(new ArraySegment<byte>(new byte[length])));
            Assert.That(Bytes.Shown(bytes.Take(bytes.Length - length).ToArray()), Is.EqualTo(head));
            Assert.That(Bytes.Read(bytes).ReadBytes().Count, Is.EqualTo(length));
        }

        [TestCase(15, "9f", "8f")]
        [TestCase(16, "dc 00 10", "de 00 10")]
        [TestCase(65535, "dc ff ff", "de ff ff")]
        [TestCase(65536, "dd 00 01 00 00", "df 00 01 00 00")]
        public void Arrays_and_maps_take_their_shortest_form(int count, string array, string map)
        {
            Assert.That(Bytes.Shown(Bytes.Written(writer => writer.WriteArrayHeader(count))), Is.EqualTo(array));
            Assert.That(Bytes.Shown(Bytes.Written(writer => writer.WriteMapHeader(count))), Is.EqualTo(map));
        }

        [TestCase("Prüfton ♪")]
        [TestCase("𝄞")]
        [TestCase("a\0b")]
        public void A_text_beyond_ASCII_comes_back(string text)
        {
            Assert.That(Bytes.Read(Bytes.Written(writer => writer.WriteText(text))).ReadText(), Is.EqualTo(text));
        }

        [Test]
        public void A_writer_begins_anew_in_the_same_buffer()
        {
            var writer = new MessagePackWriter();
            writer.WriteText("the first message");
            byte[] buffer = writer.Written.Array;
            writer.Clear();
            writer.WriteNil();
            Assert.That(writer.Written.Array, Is.SameAs(buffer));
            Assert.That(Bytes.Shown(writer.Written.ToArray()), Is.EqualTo("c0"));
        }

        [Test]
        public void Only_a_part_of_an_array_is_read()
        {
            var part = new ArraySegment<byte>(Bytes.Of("c1 c1 05 a1 78 c1"), 2, 3);
            var reader = new MessagePackReader(part, new TextCache());
            Assert.That(reader.ReadInteger(), Is.EqualTo(5));
            Assert.That(reader.ReadText(), Is.EqualTo("x"));
            Assert.That(reader.Remaining, Is.EqualTo(0));
        }

        [TestCase("c0")]
        [TestCase("c3")]
        [TestCase("cc 80")]
        [TestCase("d3 ff ff ff ff ff ff ff ff")]
        [TestCase("ca 00 00 00 00")]
        [TestCase("cb 00 00 00 00 00 00 00 00")]
        [TestCase("a1 78")]
        [TestCase("d9 01 78")]
        [TestCase("c4 02 00 00")]
        [TestCase("92 01 93 c0 c0 c0")]
        [TestCase("81 a1 78 81 a1 79 90")]
        [TestCase("d4 01 00")]
        [TestCase("d8 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00")]
        [TestCase("c7 02 01 00 00")]
        public void Any_value_can_be_skipped(string bytes)
        {
            MessagePackReader reader = Bytes.Read(bytes + " 2a");
            reader.Skip();
            Assert.That(reader.ReadInteger(), Is.EqualTo(42));
        }
    }
}
