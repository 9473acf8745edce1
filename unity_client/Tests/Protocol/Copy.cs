namespace SynthVR.Protocol.Tests
{
    /// <summary>Copies MessagePack value by value, whatever it means.</summary>
    internal static class Copy
    {
        /// <summary>Copies everything in <paramref name="bytes"/>. Throws ProtocolException.</summary>
        public static void All(byte[] bytes, MessagePackWriter writer)
        {
            MessagePackReader reader = Bytes.Read(bytes);
            while (reader.Remaining > 0)
            {
                One(bytes, ref reader, writer);
            }
        }

        private static void One(byte[] bytes, ref MessagePackReader reader, MessagePackWriter writer)
        {
            byte code = bytes[bytes.Length - reader.Remaining];
            switch (Code.NameOf(code))
            {
                case "an integer":
                    writer.WriteInteger(reader.ReadInteger());
                    break;
                case "a number":
                    writer.WriteNumber(reader.ReadNumber());
                    break;
                case "a boolean":
                    writer.WriteBoolean(reader.ReadBoolean());
                    break;
                case "a text":
                    writer.WriteText(reader.ReadText());
                    break;
                case "bytes":
                    writer.WriteBytes(reader.ReadBytes());
                    break;
                case "nil":
                    reader.TryReadNil();
                    writer.WriteNil();
                    break;
                case "an array":
                    int count = reader.ReadArrayHeader();
                    writer.WriteArrayHeader(count);
                    Many(count, bytes, ref reader, writer);
                    break;
                default:
                    int keys = reader.ReadMapHeader();
                    writer.WriteMapHeader(keys);
                    Many(2 * keys, bytes, ref reader, writer);
                    break;
            }
        }

        private static void Many(int count, byte[] bytes, ref MessagePackReader reader, MessagePackWriter writer)
        {
            for (; count > 0; count--)
            {
                One(bytes, ref reader, writer);
            }
        }
    }
}
