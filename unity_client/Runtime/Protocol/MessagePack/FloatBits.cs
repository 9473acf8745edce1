using System.Runtime.InteropServices;

namespace SynthVR.Protocol
{
    /// <summary>
    /// The bits of a 32-bit float; BitConverter's own function is younger than some of the runtimes we meet.
    /// </summary>
    [StructLayout(LayoutKind.Explicit)]
    internal struct FloatBits
    {
        [FieldOffset(0)]
        private int _bits;

        [FieldOffset(0)]
        private readonly float _value;

        /// <summary>The float of these bits.</summary>
        public static float ToSingle(int bits)
        {
            var both = default(FloatBits);
            both._bits = bits;
            return both._value;
        }
    }
}
