using System.Threading;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class SoundRingTest
    {
        private const int Capacity = 1 << 10;
        private const int Frames = 300000;
        private const int Period = 4096; // of the ramp: exact in float32

        [Test]
        public void TwoThreadsSeeEveryFrameOnceAndInOrder()
        {
            var ring = new SoundRing(Capacity);
            var writing = new Thread(() => Write(ring)) { IsBackground = true };
            writing.Start();
            int wrong = 0;
            for (long frame = 1; frame < Frames - 2;)
            {
                long written = ring.Written;
                for (; frame < written - 2; frame++)
                {
                    ring.Interpolate(frame, 0, out float left, out float right);
                    wrong += left == frame % Period && right == -(frame % Period) ? 0 : 1;
                }
                ring.Read = frame - 1;
                Thread.Yield();
            }
            writing.Join();
            Assert.That(wrong, Is.EqualTo(0));
        }

        private static void Write(SoundRing ring)
        {
            for (long frame = 0; frame < Frames;)
            {
                long end = System.Math.Min(Frames, ring.Read + Capacity);
                for (; frame < end; frame++)
                {
                    ring.Set(frame, frame % Period, -(frame % Period));
                }
                ring.Written = frame;
                Thread.Yield();
            }
        }
    }
}
