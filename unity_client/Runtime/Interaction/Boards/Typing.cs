using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// Writes a short text key by key on a board: an address, a pairing code, a name. The headset's own keyboard covers
    /// the room and takes the hands away, and the editor has none.
    /// </summary>
    public sealed class Typing
    {
        /// <summary>A text is at most this long.</summary>
        public const int MostCharacters = 64;

        private static readonly string[] Rows =
        {
            "1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p", "a s d f g h j k l :", "z x c v b n m . - /"
        };

        private readonly Action _changed;
        private bool _isUpper;

        /// <summary><paramref name="changed"/> fills the board anew.</summary>
        public Typing(Action changed)
        {
            _changed = changed;
        }

        /// <summary>What has been written.</summary>
        public string Text { get; set; } = "";

        /// <summary>Adds the field and the keys; <paramref name="done"/> gets the text.</summary>
        public void Fill(Board board, string doneText, Action<string> done)
        {
            board.Field(Text);
            foreach (string keys in Rows)
            {
                string[] row = keys.Split(' ');
                BoardRow buttons = board.Row(row.Length);
                foreach (string key in row)
                {
                    string written = _isUpper ? key.ToUpperInvariant() : key;
                    buttons.Add(written, () => Write(written));
                }
            }
            BoardRow last = board.Row(4);
            last.Add(_isUpper ? "small" : "capital", Shift, _isUpper);
            last.Add("space", () => Write(" "));
            last.Add("back", Back);
            last.Add(doneText, () => done(Text.Trim()));
        }

        /// <summary>Adds to the text, as far as there is room.</summary>
        public void Write(string characters)
        {
            if (Text.Length + characters.Length <= MostCharacters)
            {
                Text += characters;
            }
            _changed();
        }

        /// <summary>Takes the last character away.</summary>
        public void Back()
        {
            Text = Text.Length > 0 ? Text.Substring(0, Text.Length - 1) : Text;
            _changed();
        }

        private void Shift()
        {
            _isUpper = !_isUpper;
            _changed();
        }
    }
}
