using System;
using System.Linq;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    /// <summary>Whatever the bytes: a message, or ProtocolException, and no more memory than they are worth.</summary>
    [TestFixture]
    public sealed class FuzzTests
    {
        private const int Rounds = 20000;

        // Bytes that reading one frame may allocate: these frames have less than 3 kB, and may claim sizes of 2 GB.
        private const long MostAllocated = 256 * 1024;

        private static readonly byte[][] Frames = GoldenFrames.All.Select(frame => frame.Bytes).ToArray();

        private readonly ServerMessageReader _reader = new ServerMessageReader();
        private int _read;
        private int _refused;
        private long _most;

        [TestCase(1)]
        [TestCase(2)]
        public void Random_bytes(int seed)
        {
            var random = new Random(seed);
            Try(() =>
            {
                var bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                return bytes;
            });
            Assert.That(_refused, Is.GreaterThan(Rounds / 2));
        }

        [TestCase(3)]
        [TestCase(4)]
        public void Golden_frames_with_some_bits_flipped(int seed)
        {
            var random = new Random(seed);
            Try(() =>
            {
                byte[] bytes = AnyFrame(random);
                for (int flips = random.Next(1, 4); flips > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                }
                return bytes;
            });
            Assert.That(_read, Is.GreaterThan(0));
        }

        [TestCase(5)]
        public void Golden_frames_with_bytes_taken_out_or_put_in(int seed)
        {
            var random = new Random(seed);
            Try(() =>
            {
                byte[] bytes = AnyFrame(random);
                int place = random.Next(bytes.Length);
                byte[] put = new byte[random.Next(6)];
                random.NextBytes(put);
                return bytes.Take(place).Concat(put).Concat(bytes.Skip(place + random.Next(6))).ToArray();
            });
        }

        [TestCase(6)]
        public void Golden_frames_spliced_together(int seed)
        {
            var random = new Random(seed);
            Try(() =>
            {
                byte[] one = AnyFrame(random);
                byte[] other = AnyFrame(random);
                return one.Take(random.Next(one.Length)).Concat(other.Skip(random.Next(other.Length))).ToArray();
            });
        }

        [Test]
        public void Every_golden_frame_cut_off_anywhere_is_refused()
        {
            foreach (byte[] frame in GoldenFrames.All.Where(each => !each.IsUnreadable).Select(each => each.Bytes))
            {
                for (int length = 0; length < frame.Length; length++)
                {
                    byte[] cut = frame.Take(length).ToArray();
                    Assert.That(IsRead(cut), Is.False, Bytes.Shown(cut));
                }
            }
        }

        private static byte[] AnyFrame(Random random)
        {
            return (byte[])Frames[random.Next(Frames.Length)].Clone();
        }

        private void Try(Func<byte[]> make)
        {
            _read = 0;
            _refused = 0;
            _most = 0;
            for (int i = 0; i < Rounds; i++)
            {
                byte[] bytes = make();
                long before = Allocation.SoFar();
                bool isRead = IsRead(bytes);
                _most = Math.Max(_most, Allocation.SoFar() - before);
                _read += isRead ? 1 : 0;
                _refused += isRead ? 0 : 1;
            }
            Assert.That(_most, Is.LessThan(MostAllocated));
        }

        /// <summary>Reads it as a message of either side. Throws what neither may throw.</summary>
        private bool IsRead(byte[] bytes)
        {
            return IsServerMessage(bytes) | IsClientMessage(bytes);
        }

        private bool IsServerMessage(byte[] bytes)
        {
            try
            {
                return _reader.Read(new ArraySegment<byte>(bytes), out _) != null;
            }
            catch (ProtocolException)
            {
                return false;
            }
        }

        private static bool IsClientMessage(byte[] bytes)
        {
            try
            {
                MessagePackReader reader = Bytes.Read(bytes);
                ClientMessage.Read(ref reader);
                reader.End();
                return true;
            }
            catch (ProtocolException)
            {
                return false;
            }
        }
    }
}
