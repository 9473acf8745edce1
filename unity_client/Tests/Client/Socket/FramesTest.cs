using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class FramesTest
    {
        [TestCase(0)]
        [TestCase(1)]
        [TestCase(125)]
        [TestCase(126)]
        [TestCase(65535)]
        [TestCase(65536)]
        [TestCase(1000000)]
        public void WhatIsWrittenIsReadByWhoeverTakesTheMaskOff(int size)
        {
            byte[] payload = Bytes(size);
            var stream = new MemoryStream();
            new FrameWriter(stream, 7).Write(Opcode.Binary, new ArraySegment<byte>(payload));
            byte[] unmasked = Unmask(stream.ToArray());
            ArraySegment<byte> read = new FrameReader(new MemoryStream(unmasked)).Read(out Opcode opcode);
            Assert.That(opcode, Is.EqualTo(Opcode.Binary));
            Assert.That(new List<byte>(read), Is.EqualTo(payload));
        }

        [Test]
        public void EveryFrameHasAnotherMask()
        {
            var stream = new MemoryStream();
            var writer = new FrameWriter(stream, 7);
            writer.Write(Opcode.Binary, new ArraySegment<byte>(new byte[4]));
            writer.Write(Opcode.Binary, new ArraySegment<byte>(new byte[4]));
            byte[] sent = stream.ToArray();
            Assert.That(BitConverter.ToUInt32(sent, 2), Is.Not.EqualTo(BitConverter.ToUInt32(sent, 12)));
        }

        [Test]
        public void PingsMayComeBetweenThePartsOfAMessage()
        {
            var reader = Reader(
                0x02, 2, 10, 11, // begins
                0x89, 1, 99, // a ping
                0x00, 1, 12, // goes on
                0x80, 1, 13); // ends
            Assert.That(Read(reader, out Opcode first), Is.EqualTo(new byte[] { 99 }));
            Assert.That(first, Is.EqualTo(Opcode.Ping));
            Assert.That(Read(reader, out Opcode second), Is.EqualTo(new byte[] { 10, 11, 12, 13 }));
            Assert.That(second, Is.EqualTo(Opcode.Binary));
        }

        [TestCase(0x82, 0x81, 0, 0, 0, 0, 0)] // masked
        [TestCase(0xC2, 0)] // compressed, which nobody has asked for
        [TestCase(0x83, 0)] // of no kind
        [TestCase(0x8B, 0)]
        [TestCase(0x80, 0)] // the end of nothing
        [TestCase(0x02, 0, 0x82, 0)] // begins twice
        [TestCase(0x09, 0)] // a ping in parts
        [TestCase(0x89, 126, 0, 126)] // a ping that is too long
        [TestCase(0x82, 127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)] // absurd
        [TestCase(0x82, 127, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)]
        [TestCase(0x82, 127, 0, 0, 0, 0, 3, 0, 0, 0, 1, 2, 3)] // believed only as far as there are bytes
        [TestCase(0x82)]
        [TestCase]
        public void WhatIsNoFrameIsAFault(params int[] bytes)
        {
            Assert.Throws<SocketFault>(() => Read(Reader(bytes), out Opcode opcode));
        }

        [Test]
        public void WhateverTheBytesAreNothingElseIsThrown()
        {
            var random = new Random(3);
            for (int attempt = 0; attempt < 3000; attempt++)
            {
                var bytes = new byte[random.Next(1, 200)];
                random.NextBytes(bytes);
                bytes[0] = (byte)(bytes[0] & 0x8F);
                var reader = new FrameReader(new MemoryStream(bytes));
                Assert.Throws<SocketFault>(() =>
                {
                    while (true)
                    {
                        reader.Read(out Opcode opcode);
                    }
                });
            }
        }

        [Test]
        public void SendingAndReceivingAllocateNothing()
        {
            var there = new Loop();
            var writer = new FrameWriter(there, 7);
            var back = new Loop();
            var reader = new FrameReader(back);
            var turn = new ArraySegment<byte>(Bytes(60));
            var frame = new byte[] { 0x82, 4, 1, 2, 3, 4 };
            Allocations.AssertNone(() =>
            {
                writer.Write(Opcode.Binary, turn);
                back.Write(frame, 0, frame.Length);
                reader.Read(out Opcode opcode);
            });
        }

        private static FrameReader Reader(params int[] bytes)
        {
            return new FrameReader(new MemoryStream(Array.ConvertAll(bytes, value => (byte)value)));
        }

        private static List<byte> Read(FrameReader reader, out Opcode opcode)
        {
            return new List<byte>(reader.Read(out opcode));
        }

        private static byte[] Bytes(int size)
        {
            var bytes = new byte[size];
            new Random(size).NextBytes(bytes);
            return bytes;
        }

        /// <summary>The frame as the server would write it.</summary>
        private static byte[] Unmask(byte[] frame)
        {
            int header = (frame[1] & 0x7F) < 126 ? 2 : (frame[1] & 0x7F) == 126 ? 4 : 10;
            var unmasked = new byte[frame.Length - 4];
            Array.Copy(frame, unmasked, header);
            Assert.That(frame[1] & 0x80, Is.EqualTo(0x80));
            unmasked[1] &= 0x7F;
            for (int index = header; index < unmasked.Length; index++)
            {
                unmasked[index] = (byte)(frame[index + 4] ^ frame[header + ((index - header) & 3)]);
            }
            return unmasked;
        }

        /// <summary>Gives back what was written last, and keeps nothing else.</summary>
        private sealed class Loop : Stream
        {
            private readonly byte[] _last = new byte[256];
            private int _count;

            public override bool CanRead => true;

            public override bool CanSeek => false;

            public override bool CanWrite => true;

            public override long Length => _count;

            public override long Position { get; set; }

            public override int Read(byte[] buffer, int offset, int count)
            {
                Buffer.BlockCopy(_last, 0, buffer, offset, _count);
                return _count;
            }

            public override void Write(byte[] buffer, int offset, int count)
            {
                Buffer.BlockCopy(buffer, offset, _last, 0, count);
                _count = count;
            }

            public override void Flush()
            {
            }

            public override long Seek(long offset, SeekOrigin origin)
            {
                throw new NotSupportedException();
            }

            public override void SetLength(long value)
            {
                throw new NotSupportedException();
            }
        }
    }
}
