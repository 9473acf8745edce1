using System;
using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;

namespace SynthVR.Views
{
    /// <summary>The server's patches: load one, save this one, undo and redo.</summary>
    internal sealed class LibraryPage : IPage
    {
        private const int Shown = 8;

        private readonly RackClient _client;
        private readonly Action<IPage> _refill;
        private readonly Typing _name;
        private IReadOnlyList<LibraryEntry> _patches = new LibraryEntry[0];
        private string _sentence = "";
        private bool _isSaving;
        private string _taken; // the name of a patch that saving would replace; null where there is none
        private int _first;

        internal LibraryPage(RackClient client, Action<IPage> refill)
        {
            _client = client;
            _refill = refill;
            _name = new Typing(() => _refill(this));
            client.Patch.Described += patch => _refill(this);
        }

        public string Name => "Patches";

        public bool IsLive => false;

        public void Open()
        {
            _isSaving = false;
            _taken = null;
            _sentence = "";
            _client.Library.List(Take);
        }

        public void Fill(Board board)
        {
            board.Text(_client.Patch.Title.Length > 0 ? "Now: " + _client.Patch.Title : "A patch without a name");
            board.Text(_sentence);
            BoardRow edits = board.Row(3);
            edits.Add("undo", () => _client.Editor.Undo());
            edits.Add("redo", () => _client.Editor.Redo());
            edits.Add(_isSaving ? "do not save" : "save as...", SwitchSaving);
            if (_isSaving)
            {
                _name.Fill(board, "save", name => Save(name, false));
                return;
            }
            if (_taken != null)
            {
                board.Button("replace " + _taken, () => Save(_taken, true));
            }
            for (int index = _first; index < _patches.Count && index < _first + Shown; index++)
            {
                LibraryEntry patch = _patches[index];
                if (patch.Problem.Length > 0)
                {
                    board.Text(patch.Name + ": " + patch.Problem);
                }
                else
                {
                    board.Button(TitleOf(patch), () => Load(patch.Name));
                }
            }
            BoardRow last = board.Row(2);
            last.Add("back", () => Turn(-Shown));
            last.Add("on", () => Turn(Shown));
        }

        private static string TitleOf(LibraryEntry patch)
        {
            string title = patch.Title.Length > 0 ? patch.Title : patch.Name;
            string modules = patch.Modules == null ? "" : patch.Modules + " modules";
            string made = patch.ReadyMade ? "ready-made" : "";
            string comma = modules.Length > 0 && made.Length > 0 ? ", " : "";
            return modules.Length + made.Length > 0 ? title + "   (" + modules + comma + made + ")" : title;
        }

        private void Take(Reply reply)
        {
            _patches = reply.Patches ?? _patches;
            _first = 0;
            Tell(reply, "");
        }

        private void Load(string name) => _client.Library.Load(name, reply => Tell(reply, "Loaded."));

        private void Save(string name, bool replace)
        {
            _isSaving = false;
            Action<Reply> done = reply =>
            {
                _taken = reply.Code == RejectionCode.Exists ? name : null;
                Tell(reply, "Saved as " + name + ".");
                if (reply.IsDone)
                {
                    _client.Library.List(Take);
                }
            };
            _client.Library.Save(name, done, replace);
        }

        private void Tell(Reply reply, string done)
        {
            _sentence = reply.IsDone ? done : reply.Sentence;
            _refill(this);
        }

        private void SwitchSaving()
        {
            _isSaving = !_isSaving;
            _taken = null;
            _name.Text = _client.Patch.Title;
            _refill(this);
        }

        private void Turn(int patches)
        {
            int next = _first + patches;
            _first = next < 0 || next >= _patches.Count ? _first : next;
            _refill(this);
        }
    }
}
