using System;

namespace SynthVR.Interaction
{
    /// <summary>A row of buttons of one width, filled from left to right; what is too many is left out.</summary>
    public struct BoardRow
    {
        private readonly Board _board;
        private readonly int _columns;
        private readonly float _top;
        private int _next;

        internal BoardRow(Board board, int columns, float top)
        {
            _board = board;
            _columns = columns;
            _top = top;
            _next = 0;
        }

        /// <summary>A button in the next column; <paramref name="isOn"/> shows it as the chosen one.</summary>
        public void Add(string text, Action pressed, bool isOn = false)
        {
            if (_next < _columns)
            {
                _board.Add(BoardItemKind.Button, text, _board.AreaOf(_next, _columns, _top), isOn, pressed);
                _next++;
            }
        }
    }
}
