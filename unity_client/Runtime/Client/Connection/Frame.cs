using System;

namespace SynthVR.Client
{
    /// <summary>Bytes on their way between two threads, in a buffer that is used again.</summary>
    internal sealed class Frame
    {
        private byte[] _bytes = new byte[1024];

        public int Count { get; private set; }

        /// <summary>Of one that is to be sent.</summary>
        public Opcode Opcode { get; set; }

        /// <summary>
        /// Of what was received and is only of the moment: whose moment it is, so that a newer one takes its place;
        /// else null.
        /// </summary>
        public string Moment { get; set; }

        /// <summary>Of one that was received: when, in local seconds.</summary>
        public double At { get; set; }

        public ArraySegment<byte> Bytes => new ArraySegment<byte>(_bytes, 0, Count);

        public int Capacity => _bytes.Length;

        public void CopyFrom(ArraySegment<byte> bytes)
        {
            if (_bytes.Length < bytes.Count)
            {
                _bytes = new byte[Math.Max(bytes.Count, 2 * _bytes.Length)];
            }
            if (bytes.Count > 0)
            {
                Buffer.BlockCopy(bytes.Array, bytes.Offset, _bytes, 0, bytes.Count);
            }
            Count = bytes.Count;
        }
    }
}
