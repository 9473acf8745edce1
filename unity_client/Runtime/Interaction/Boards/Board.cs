using System;
using System.Collections.Generic;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A menu that hangs in the room: lines and rows of buttons from top to bottom, as far as its width goes. It is
    /// filled anew whenever what it shows has changed.
    /// </summary>
    public sealed class Board
    {
        /// <summary>From left to right, mm.</summary>
        public const float Width = 260f;

        /// <summary>Height of a line or button, mm: a fingertip finds 14 mm.</summary>
        public const float RowMm = 14f;

        /// <summary>As many as fit beside each other at the size of a line's text.</summary>
        private const int LineCharacters = 88;

        private const float Margin = 8f;
        private const float Gap = 3f;

        private readonly List<BoardItem> _items = new List<BoardItem>();

        /// <summary>What stands on it, from top to bottom.</summary>
        public IReadOnlyList<BoardItem> Items => _items;

        /// <summary>From top to bottom, mm.</summary>
        public float Height { get; private set; } = 2f * Margin;

        /// <summary>Another number whenever it has been filled.</summary>
        public int Version { get; private set; }

        /// <summary>Begins anew, with a name.</summary>
        public void Begin(string title)
        {
            _items.Clear();
            Height = Margin;
            Version++;
            Line(BoardItemKind.Title, title);
        }

        /// <summary>A sentence, in as many lines as it takes; an empty one takes no room.</summary>
        public void Text(string sentence)
        {
            string rest = (sentence ?? "").Trim();
            while (rest.Length > 0)
            {
                int end = rest.Length <= LineCharacters ? rest.Length : rest.LastIndexOf(' ', LineCharacters);
                end = end <= 0 ? LineCharacters : end;
                Line(BoardItemKind.Text, rest.Substring(0, end));
                rest = rest.Substring(end).Trim();
            }
        }

        /// <summary>A text that is being written.</summary>
        public void Field(string text) => Line(BoardItemKind.Field, text);

        /// <summary>A button right across.</summary>
        public void Button(string text, Action pressed, bool isOn = false) => Row(1).Add(text, pressed, isOn);

        /// <summary>Something that is on or off, right across.</summary>
        public void Toggle(string text, bool isOn, Action pressed)
        {
            Add(BoardItemKind.Toggle, text, AreaOf(0, 1), isOn, pressed);
            Height += RowMm + Gap;
        }

        /// <summary>A row of so many buttons of one width; add them to what is returned.</summary>
        public BoardRow Row(int columns)
        {
            var row = new BoardRow(this, columns, Height);
            Height += RowMm + Gap;
            return row;
        }

        /// <summary>The item at a place, as its index; −1 where there is nothing to press.</summary>
        public int ItemAt(float x, float y)
        {
            for (int index = 0; index < _items.Count; index++)
            {
                if (_items[index].Pressed != null && _items[index].Area.DistanceTo(x, y) <= 0f)
                {
                    return index;
                }
            }
            return -1;
        }

        internal void Add(BoardItemKind kind, string text, in PanelArea area, bool isOn, Action pressed)
        {
            _items.Add(new BoardItem(kind, text, area, isOn, pressed));
        }

        internal PanelArea AreaOf(int column, int columns, float top)
        {
            float width = (Width - 2f * Margin - (columns - 1) * Gap) / columns;
            return new PanelArea(Margin + width / 2f + column * (width + Gap), top + RowMm / 2f, width, RowMm);
        }

        private PanelArea AreaOf(int column, int columns) => AreaOf(column, columns, Height);

        private void Line(BoardItemKind kind, string text)
        {
            Add(kind, text, AreaOf(0, 1), false, null);
            Height += RowMm + Gap;
        }
    }
}
