using System.Text;

namespace SynthVR.Protocol
{
    /// <summary>
    /// Turns UTF-8 into strings, and short ASCII that it has met before into the very string it made then: ids that
    /// come 72 times a second are allocated once. Its size is bounded: when it is full it forgets everything. One
    /// thread.
    /// </summary>
    public sealed class TextCache
    {
        // module/knob, both as long as identifiers may be.
        private const int Longest = 64 + 1 + 64;
        private const int SmallestTable = 256;
        private const int LargestTable = 16384;

        // 32-bit FNV-1a.
        private const uint Seed = 2166136261;

        private static readonly UTF8Encoding Strict = new UTF8Encoding(false, true);

        private string[] _table = new string[SmallestTable];
        private int _count;

        /// <summary>
        /// The string of <paramref name="count"/> bytes. Throws ProtocolException where they are not UTF-8.
        /// </summary>
        public string Get(byte[] bytes, int offset, int count)
        {
            if (count == 0)
            {
                return "";
            }
            if (count > Longest || !IsAscii(bytes, offset, count))
            {
                return Decode(bytes, offset, count);
            }
            int place = PlaceOf(bytes, offset, count);
            if (_table[place] == null)
            {
                if (_count >= _table.Length / 2)
                {
                    MakeRoom();
                    place = PlaceOf(bytes, offset, count);
                }
                _table[place] = Decode(bytes, offset, count);
                _count++;
            }
            return _table[place];
        }

        /// <summary>Where the string is, or the empty place where it belongs.</summary>
        private int PlaceOf(byte[] bytes, int offset, int count)
        {
            uint hash = Seed;
            for (int i = offset; i < offset + count; i++)
            {
                hash = Mix(hash, bytes[i]);
            }
            int place = FirstPlace(hash);
            while (_table[place] != null && !IsEqual(_table[place], bytes, offset, count))
            {
                place = NextPlace(place);
            }
            return place;
        }

        /// <summary>Makes the table larger, or forgets everything where it is large enough.</summary>
        private void MakeRoom()
        {
            string[] old = _table;
            bool isFull = old.Length >= LargestTable;
            _table = new string[isFull ? SmallestTable : old.Length * 2];
            _count = isFull ? 0 : _count;
            for (int i = 0; i < old.Length && !isFull; i++)
            {
                if (old[i] != null)
                {
                    Move(old[i]);
                }
            }
        }

        private void Move(string text)
        {
            uint hash = Seed;
            for (int i = 0; i < text.Length; i++)
            {
                hash = Mix(hash, text[i]);
            }
            int place = FirstPlace(hash);
            while (_table[place] != null)
            {
                place = NextPlace(place);
            }
            _table[place] = text;
        }

        private int FirstPlace(uint hash)
        {
            return (int)(hash ^ (hash >> 15)) & (_table.Length - 1);
        }

        private int NextPlace(int place)
        {
            return (place + 1) & (_table.Length - 1);
        }

        private static uint Mix(uint hash, uint next)
        {
            return unchecked((hash ^ next) * 16777619);
        }

        private static bool IsEqual(string text, byte[] bytes, int offset, int count)
        {
            if (text.Length != count)
            {
                return false;
            }
            for (int i = 0; i < count; i++)
            {
                if (text[i] != bytes[offset + i])
                {
                    return false;
                }
            }
            return true;
        }

        private static bool IsAscii(byte[] bytes, int offset, int count)
        {
            for (int i = offset; i < offset + count; i++)
            {
                if (bytes[i] >= 0x80)
                {
                    return false;
                }
            }
            return true;
        }

        private static string Decode(byte[] bytes, int offset, int count)
        {
            try
            {
                return Strict.GetString(bytes, offset, count);
            }
            catch (DecoderFallbackException)
            {
                throw new ProtocolException($"At byte {offset}: a text is not valid UTF-8.");
            }
        }
    }
}
