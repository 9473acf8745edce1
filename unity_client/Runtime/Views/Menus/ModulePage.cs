using System;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;

namespace SynthVR.Views
{
    /// <summary>
    /// One module of the patch, whose panel was tapped: what it is for, its name, another one, away with it.
    /// </summary>
    internal sealed class ModulePage : IPage
    {
        private readonly RackClient _client;
        private readonly ModulePlacer _placer;
        private readonly Action<IPage> _refill;
        private readonly Action<string> _play;
        private readonly Action<int> _shift;
        private readonly Typing _label;
        private string _module = "";
        private bool _isNaming;

        internal ModulePage(
            RackClient client, ModulePlacer placer, Action<string> play, Action<int> shift, Action<IPage> refill)
        {
            _shift = shift;
            _client = client;
            _placer = placer;
            _play = play;
            _refill = refill;
            _label = new Typing(() => _refill(this));
            client.Patch.ModuleRemoved += module => _refill(this);
            client.Server.FailuresChanged += server => _refill(this);
        }

        public string Name => "Module";

        public bool IsLive => false;

        public void Open() => _isNaming = false;

        public void Fill(Board board)
        {
            ModuleInfo info = _client.Info(_module);
            if (info == null)
            {
                board.Text("Tap a panel to see its module here.");
                return;
            }
            board.Text(info.Title + ": " + info.Description);
            if (_client.Server.Failures.TryGetValue(_module, out string failure))
            {
                board.Text(failure);
            }
            if (_isNaming)
            {
                _label.Fill(board, "name it", Label);
                return;
            }
            if (info.PlaysNotes)
            {
                BoardRow keyboard = board.Row(3);
                keyboard.Add("keyboard", () => _play(_module));
                keyboard.Add("octave lower", () => _shift(-1));
                keyboard.Add("octave higher", () => _shift(1));
            }
            board.Button("Give it a name", BeginNaming);
            board.Button("Another one", () => _placer.Duplicate(_module));
            board.Button("All knobs to their default", Reset);
            board.Button("Take it away", () => _client.Editor.Edit(new RemoveModule(_module)));
        }

        /// <summary>Which module it is about.</summary>
        internal void About(string module) => _module = module;

        private void BeginNaming()
        {
            _isNaming = true;
            _label.Text = _client.Patch.Modules.TryGetValue(_module, out PlacedModule placed) ? placed.Label : "";
            _refill(this);
        }

        private void Label(string label)
        {
            _isNaming = false;
            _client.Editor.Edit(new SetLabel(_module, label));
            _refill(this);
        }

        private void Reset()
        {
            ModuleInfo info = _client.Info(_module);
            if (info == null || info.Knobs.Count == 0)
            {
                return;
            }
            var commands = new Command[info.Knobs.Count];
            for (int index = 0; index < commands.Length; index++)
            {
                commands[index] = new SetKnob(_module, info.Knobs[index].Id, info.Knobs[index].Default);
            }
            _client.Editor.Edit(commands);
        }
    }
}
