using System;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class SendQueueTest
    {
        private SendQueue _queue;

        [SetUp]
        public void Begin()
        {
            _queue = new SendQueue();
        }

        [Test]
        public void APongThatWaitsAnswersTheNewestPing()
        {
            for (byte ping = 1; ping <= 200; ping++)
            {
                Assert.That(_queue.Put(Opcode.Pong, Of(ping)), Is.True);
            }
            _queue.Put(Opcode.Binary, Of(7));
            Assert.That(_queue.Take().Bytes, Is.EqualTo(new byte[] { 200 }));
            Assert.That(_queue.Take().Opcode, Is.EqualTo(Opcode.Binary));
            _queue.Put(Opcode.Pong, Of(201));
            Assert.That(_queue.Take().Bytes, Is.EqualTo(new byte[] { 201 }));
        }

        [Test]
        public void EmptyFramesAreBoundedToo()
        {
            int count = 0;
            while (count < 100000 && _queue.Put(Opcode.Binary, Of()))
            {
                count++;
            }
            Assert.That(count, Is.InRange(1000, 1 << 14));
        }

        [Test]
        public void WhatWasRefusedTakesNoRoom()
        {
            var large = new ArraySegment<byte>(new byte[20 << 20]);
            Assert.That(_queue.Put(Opcode.Binary, large), Is.True);
            Assert.That(_queue.Put(Opcode.Binary, large), Is.False);
            Assert.That(_queue.Put(Opcode.Binary, Of(1)), Is.True);
        }

        private static ArraySegment<byte> Of(params byte[] bytes)
        {
            return new ArraySegment<byte>(bytes);
        }
    }
}
