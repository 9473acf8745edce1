using System;
using System.Collections.Generic;
using System.Text;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class DnsTest
    {
        [Test]
        public void AQuestionIsAsRfc1035DrawsIt()
        {
            var query = new DnsQuery();
            Assert.That(query.Ask(ServerBrowser.Service, DnsType.Pointer), Is.True);
            byte[] expected = Encoding.ASCII.GetBytes(
                "\0\0\0\0\0\u0001\0\0\0\0\0\0\b_synthvr\u0004_tcp\u0005local\0\0\u000c\0\u0001");
            var asked = new byte[query.Count];
            Array.Copy(query.Packet, asked, query.Count);
            Assert.That(asked, Is.EqualTo(expected));
        }

        [Test]
        public void ANameThatDoesNotFitIsNotAskedFor()
        {
            var query = new DnsQuery();
            Assert.That(query.Ask(new string('a', 64) + ".local", DnsType.Address), Is.False);
            Assert.That(query.Ask("a..local", DnsType.Address), Is.False);
            string longest = new string('a', 63) + ".";
            Assert.That(query.Ask(longest + longest + longest + longest + "local", DnsType.Address), Is.False);
            Assert.That(query.Questions, Is.EqualTo(0));
            Assert.That(query.Ask("b.local", DnsType.Address), Is.True);
            Assert.That(query.Questions, Is.EqualTo(1));
        }

        [Test]
        public void CompressedNamesAreReadFromWhereTheyPoint()
        {
            var packet = new AnswerPacket();
            packet.Pointer("_synthvr._tcp.local", "x", 1);
            byte[] compressed = { 3, (byte)'l', (byte)'a', (byte)'b', 0xC0, 12 };
            packet.Record(new byte[] { 0xC0, 12 }, DnsType.Pointer, 5, compressed);
            List<DnsRecord> records = DnsAnswer.Read(packet.Bytes(), packet.Length);
            Assert.That(records[1].Name, Is.EqualTo("_synthvr._tcp.local"));
            Assert.That(records[1].Target, Is.EqualTo("lab._synthvr._tcp.local"));
            Assert.That(records[1].LifeSeconds, Is.EqualTo(5));
        }

        [Test]
        public void ADotInTheNameOfAnInstanceIsKeptApart()
        {
            string name = "Dr\\. Müller's rack.local";
            var packet = new AnswerPacket().Pointer("a", name, 1);
            string read = DnsAnswer.Read(packet.Bytes(), packet.Length)[0].Target;
            Assert.That(read, Is.EqualTo(name));
            Assert.That(DnsName.Labels(read)[0], Is.EqualTo("Dr. Müller's rack"));
        }

        [Test]
        public void NamesThatPointForwardsOrInCirclesAreNoNames([Values(12, 13, 14, 40, 255)] int target)
        {
            var packet = new AnswerPacket();
            packet.Record(new byte[] { 1, (byte)'a', 0xC0, (byte)target }, DnsType.Pointer, 1, new byte[] { 0xC0, 12 });
            Assert.That(DnsAnswer.Read(packet.Bytes(), packet.Length), Is.Empty);
        }

        [Test]
        public void WhateverTheBytesAreNothingIsThrown()
        {
            var random = new Random(1);
            byte[] whole = AnswerPacket.OfServer();
            for (int attempt = 0; attempt < 20000; attempt++)
            {
                var bytes = (byte[])whole.Clone();
                for (int flips = random.Next(1, 8); flips > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }
                DnsAnswer.Read(bytes, random.Next(bytes.Length + 1));
            }
        }

        [Test]
        public void AQuestionIsNoAnswer()
        {
            byte[] packet = AnswerPacket.OfServer();
            packet[2] = 0;
            Assert.That(DnsAnswer.Read(packet, packet.Length), Is.Empty);
        }
    }
}
