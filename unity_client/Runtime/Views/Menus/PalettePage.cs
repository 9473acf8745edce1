using System;
using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;

namespace SynthVR.Views
{
    /// <summary>Every module of the catalogue, by family or by words; a press hangs one before the eyes.</summary>
    internal sealed class PalettePage : IPage
    {
        private const int Columns = 3;
        private const int Rows = 6;
        private const int FamilyColumns = 5;

        private readonly RackClient _client;
        private readonly Action<ModuleInfo> _add;
        private readonly Action<IPage> _refill;
        private readonly Typing _words;
        private bool _isTyping;
        private int _first;

        internal PalettePage(RackClient client, Action<ModuleInfo> add, Action<IPage> refill)
        {
            _client = client;
            _add = add;
            _refill = refill;
            _words = new Typing(() => Turn(0));
            client.Server.CatalogueChanged += catalogue => Turn(0);
        }

        public string Name => "Modules";

        public bool IsLive => false;

        public void Open() => _first = 0;

        public void Fill(Board board)
        {
            if (_isTyping)
            {
                _words.Fill(board, "done", Search);
            }
            else
            {
                FillFamilies(board);
            }
            List<ModuleInfo> found = _client.Server.Catalogue.Search(_words.Text);
            int shown = Columns * (_isTyping ? 2 : Rows);
            _first = _first < found.Count ? _first : 0;
            for (int index = _first; index < found.Count && index < _first + shown; index += Columns)
            {
                BoardRow row = board.Row(Columns);
                for (int column = index; column < found.Count && column < index + Columns; column++)
                {
                    ModuleInfo info = found[column];
                    string title = info.BeingMade ? info.Title + " (being made)" : info.Title;
                    row.Add(title, () => _add(info));
                }
            }
            if (found.Count == 0)
            {
                board.Text(_client.Server.Catalogue.Modules.Count == 0 ? "No server yet." : "Nothing of that name.");
            }
            BoardRow last = board.Row(3);
            last.Add("back", () => Turn(Math.Max(0, _first - shown)));
            last.Add(_isTyping ? "families" : "search", SwitchTyping);
            last.Add("on", () => Turn(_first + shown));
        }

        private void FillFamilies(Board board)
        {
            var families = new List<string> { "" };
            foreach (ModuleInfo info in _client.Server.Catalogue.Modules)
            {
                string family = Catalogue.Family(info);
                if (!families.Contains(family))
                {
                    families.Add(family);
                }
            }
            for (int index = 0; index < families.Count; index += FamilyColumns)
            {
                BoardRow row = board.Row(FamilyColumns);
                for (int column = index; column < families.Count && column < index + FamilyColumns; column++)
                {
                    string family = families[column];
                    row.Add(family.Length == 0 ? "all" : family, () => Search(family), family == _words.Text);
                }
            }
        }

        private void Search(string words)
        {
            _words.Text = words;
            _isTyping = false;
            Turn(0);
        }

        private void SwitchTyping()
        {
            _isTyping = !_isTyping;
            _words.Text = "";
            Turn(0);
        }

        private void Turn(int first)
        {
            _first = first;
            _refill(this);
        }
    }
}
