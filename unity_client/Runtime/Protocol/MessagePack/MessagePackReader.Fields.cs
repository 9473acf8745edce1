namespace SynthVR.Protocol
{
    /// <content>What messages are read with: keys, tags, and what this client does not know.</content>
    public partial struct MessagePackReader
    {
        /// <summary>Reads the key of a field; what is wrong with its value is told with it.</summary>
        public string ReadKey()
        {
            _key = null;
            _key = ReadText();
            return _key;
        }

        /// <summary>Skips one value with all that is in it, however deeply: nothing calls itself.</summary>
        public void Skip()
        {
            for (long pending = 1; pending > 0; pending--)
            {
                pending += SkipOne();
            }
        }

        /// <summary>Begins an array that must have <paramref name="count"/> values.</summary>
        internal void ReadArrayOf(int count)
        {
            int found = ReadArrayHeader();
            if (found != count)
            {
                throw Wrong($"{count} values were expected, and there are {found}");
            }
        }

        /// <summary>Skips the value of a key that <paramref name="where"/> does not have here.</summary>
        internal void SkipUnfamiliar(string where)
        {
            _unfamiliar.Note(where, _key);
            Skip();
        }

        /// <summary>Notes a word that <paramref name="where"/> does not have here.</summary>
        internal void NoteUnfamiliar(string where, string word)
        {
            _unfamiliar.Note(where, word);
        }

        /// <summary>
        /// The text under <paramref name="tag"/> among the <paramref name="fields"/> that follow; reads nothing.
        /// </summary>
        internal string FindTag(string tag, int fields)
        {
            int start = _position;
            for (; fields > 0; fields--)
            {
                if (ReadKey() == tag)
                {
                    string found = ReadText();
                    _position = start;
                    return found;
                }
                Skip();
            }
            throw Missing(tag);
        }

        /// <summary>The text under <paramref name="tag"/> in the map that follows; reads nothing.</summary>
        internal string PeekTag(string tag)
        {
            int start = _position;
            string found = FindTag(tag, ReadMapHeader());
            _position = start;
            return found;
        }

        /// <summary>Throws where a bit of <paramref name="needed"/> is not in <paramref name="found"/>.</summary>
        internal void Require(int found, int needed, string where, string names)
        {
            if ((found & needed) == needed)
            {
                return;
            }
            string[] each = names.Split(' ');
            for (int i = 0; i < each.Length; i++)
            {
                if ((needed & ~found & (1 << i)) != 0)
                {
                    _key = null;
                    throw Missing($"{where}.{each[i]}");
                }
            }
        }

        private ProtocolException Missing(string name)
        {
            return new ProtocolException($"At byte {_position}: {name} is missing.");
        }

        /// <summary>Skips one value, of an array or map the beginning only. Returns how many values follow.</summary>
        private long SkipOne()
        {
            byte code = Peek();
            if ((code >= Code.FixMap && code < Code.FixArray) || code == Code.Map16 || code == Code.Map32)
            {
                return 2L * ReadMapHeader();
            }
            if ((code >= Code.FixArray && code < Code.FixText) || code == Code.Array16 || code == Code.Array32)
            {
                return ReadArrayHeader();
            }
            if (code >= Code.Bytes8 && code <= Code.Extension32)
            {
                int typeOfExtension = code >= Code.Extension8 ? 1 : 0;
                int size = ReadSize(1 << ((code - Code.Bytes8) % 3));
                Take(typeOfExtension);
                Take(size);
            }
            else if (code >= Code.Text8 && code <= Code.Text32)
            {
                Take(ReadSize(1 << (code - Code.Text8)));
            }
            else
            {
                Take(1 + SizeBehind(code));
            }
            return 0;
        }

        /// <summary>Bytes behind a code that tells their number by itself.</summary>
        private int SizeBehind(byte code)
        {
            if (code >= Code.FixText && code < Code.Nil)
            {
                return code - Code.FixText;
            }
            if (code >= Code.UInt8 && code <= Code.Int64)
            {
                return 1 << ((code - Code.UInt8) & 3);
            }
            if (code >= Code.FixExtension1 && code <= Code.FixExtension16)
            {
                return 1 + (1 << (code - Code.FixExtension1));
            }
            if (code == Code.NeverUsed)
            {
                throw Wrong("0xc1 is no MessagePack");
            }
            return code == Code.Float32 ? 4 : code == Code.Float64 ? 8 : 0;
        }
    }
}
