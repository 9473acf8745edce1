using System;
using System.Collections.Generic;
using System.Linq;

namespace SynthVR.Protocol.Tests
{
    /// <summary>Short ways to bytes and back.</summary>
    internal static class Bytes
    {
        /// <summary>A reader of all of them.</summary>
        public static MessagePackReader Read(byte[] bytes)
        {
            return new MessagePackReader(new ArraySegment<byte>(bytes), new TextCache());
        }

        /// <summary>A reader of bytes written in hexadecimal.</summary>
        public static MessagePackReader Read(string hexadecimal)
        {
            return Read(Of(hexadecimal));
        }

        /// <summary>What <paramref name="write"/> writes.</summary>
        public static byte[] Written(Action<MessagePackWriter> write)
        {
            var writer = new MessagePackWriter();
            write(writer);
            return writer.Written.ToArray();
        }

        /// <summary>The values of a map by their keys, in hexadecimal.</summary>
        public static Dictionary<string, string> Fields(byte[] map)
        {
            var fields = new Dictionary<string, string>();
            MessagePackReader reader = Read(map);
            for (int left = reader.ReadMapHeader(); left > 0; left--)
            {
                string key = reader.ReadKey();
                int start = map.Length - reader.Remaining;
                reader.Skip();
                fields[key] = Shown(map.Skip(start).Take(map.Length - reader.Remaining - start).ToArray());
            }
            return fields;
        }

        /// <summary>Bytes written in hexadecimal.</summary>
        public static byte[] Of(string hexadecimal)
        {
            string[] each = hexadecimal.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
            return each.Select(digits => Convert.ToByte(digits, 16)).ToArray();
        }

        /// <summary>Bytes in hexadecimal.</summary>
        public static string Shown(byte[] bytes)
        {
            return string.Join(" ", bytes.Select(each => each.ToString("x2")));
        }
    }
}
