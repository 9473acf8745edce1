namespace SynthVR.Protocol
{
    /// <summary>First bytes of MessagePack values (https://github.com/msgpack/msgpack/blob/master/spec.md).</summary>
    internal static class Code
    {
        public const byte FixMap = 0x80;
        public const byte FixArray = 0x90;
        public const byte FixText = 0xa0;
        public const byte Nil = 0xc0;
        public const byte NeverUsed = 0xc1;
        public const byte False = 0xc2;
        public const byte True = 0xc3;
        public const byte Bytes8 = 0xc4;
        public const byte Bytes16 = 0xc5;
        public const byte Bytes32 = 0xc6;
        public const byte Extension8 = 0xc7;
        public const byte Extension16 = 0xc8;
        public const byte Extension32 = 0xc9;
        public const byte Float32 = 0xca;
        public const byte Float64 = 0xcb;
        public const byte UInt8 = 0xcc;
        public const byte UInt16 = 0xcd;
        public const byte UInt32 = 0xce;
        public const byte UInt64 = 0xcf;
        public const byte Int8 = 0xd0;
        public const byte Int16 = 0xd1;
        public const byte Int32 = 0xd2;
        public const byte Int64 = 0xd3;
        public const byte FixExtension1 = 0xd4;
        public const byte FixExtension16 = 0xd8;
        public const byte Text8 = 0xd9;
        public const byte Text16 = 0xda;
        public const byte Text32 = 0xdb;
        public const byte Array16 = 0xdc;
        public const byte Array32 = 0xdd;
        public const byte Map16 = 0xde;
        public const byte Map32 = 0xdf;
        public const byte NegativeFixInt = 0xe0;

        /// <summary>What begins with this byte, for sentences.</summary>
        public static string NameOf(byte code)
        {
            if (code < FixMap || code >= NegativeFixInt || (code >= UInt8 && code <= Int64))
            {
                return "an integer";
            }
            if (code < FixArray || code == Map16 || code == Map32)
            {
                return "a map";
            }
            if (code < FixText || code == Array16 || code == Array32)
            {
                return "an array";
            }
            if (code < Nil || (code >= Text8 && code <= Text32))
            {
                return "a text";
            }
            if (code == Nil)
            {
                return "nil";
            }
            if (code == False || code == True)
            {
                return "a boolean";
            }
            if (code >= Bytes8 && code <= Bytes32)
            {
                return "bytes";
            }
            return code == Float32 || code == Float64 ? "a number" : "something that the protocol does not use";
        }
    }
}
