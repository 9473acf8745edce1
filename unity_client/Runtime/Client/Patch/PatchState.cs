using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// The patch as it is shown here: what the server has confirmed, with our own edits that are still on their way on
    /// top. An edit that is rejected falls away. Belongs to the main thread; events come from Pump, once a frame at
    /// most, and entries that were read stay as they are.
    /// </summary>
    public sealed class PatchState
    {
        private readonly PatchEvents _events;
        private readonly PatchEntries _patch;
        private readonly List<PendingEdit> _pending = new List<PendingEdit>();
        private readonly Handlers<PatchState> _described;
        private bool _isProvisional; // our own edits are applied

        internal PatchState(LogOnce log)
        {
            _events = new PatchEvents(log);
            _patch = _events.Patch;
            _described = new Handlers<PatchState>("Described", log);
        }

        /// <summary>A module has come; its cables come after it.</summary>
        public event Action<ModuleEntry> ModuleAdded
        {
            add { _events.ModuleAdded.Add(value); }
            remove { _events.ModuleAdded.Remove(value); }
        }

        /// <summary>A module (its id) has gone; its cables have gone before it.</summary>
        public event Action<string> ModuleRemoved
        {
            add { _events.ModuleRemoved.Add(value); }
            remove { _events.ModuleRemoved.Remove(value); }
        }

        /// <summary>A module hangs somewhere else.</summary>
        public event Action<ModuleEntry> ModuleMoved
        {
            add { _events.ModuleMoved.Add(value); }
            remove { _events.ModuleMoved.Remove(value); }
        }

        /// <summary>A module has another name.</summary>
        public event Action<ModuleEntry> ModuleLabelled
        {
            add { _events.ModuleLabelled.Add(value); }
            remove { _events.ModuleLabelled.Remove(value); }
        }

        /// <summary>A module keeps other texts.</summary>
        public event Action<ModuleEntry> ModuleDataChanged
        {
            add { _events.ModuleDataChanged.Add(value); }
            remove { _events.ModuleDataChanged.Remove(value); }
        }

        /// <summary>A knob has another value in the patch. What it shows is told by <see cref="KnobValues"/>.</summary>
        public event Action<KnobId> KnobSet
        {
            add { _events.KnobSet.Add(value); }
            remove { _events.KnobSet.Remove(value); }
        }

        /// <summary>A cable has been plugged.</summary>
        public event Action<CableEntry> CablePlugged
        {
            add { _events.CablePlugged.Add(value); }
            remove { _events.CablePlugged.Remove(value); }
        }

        /// <summary>A cable has been unplugged.</summary>
        public event Action<CableEntry> CableUnplugged
        {
            add { _events.CableUnplugged.Add(value); }
            remove { _events.CableUnplugged.Remove(value); }
        }

        /// <summary>The patch has another title or other notes.</summary>
        public event Action<PatchState> Described
        {
            add { _described.Add(value); }
            remove { _described.Remove(value); }
        }

        /// <summary>Modules by id.</summary>
        public IReadOnlyDictionary<string, PlacedModule> Modules => _patch.Modules;

        /// <summary>Cables by id.</summary>
        public IReadOnlyDictionary<string, Cable> Cables => _patch.Cables;

        /// <summary>Name of the patch.</summary>
        public string Title => _patch.Words.Title;

        /// <summary>What its maker wants to say about it.</summary>
        public string Notes => _patch.Words.Notes;

        /// <summary>Fingerprint of what is shown. It is the server's where <see cref="IsConfirmed"/>.</summary>
        public Fingerprint Fingerprint => _patch.Fingerprint;

        /// <summary>Revision of what the server has confirmed; −1 before the first welcome.</summary>
        public long Revision { get; private set; } = -1;

        /// <summary>Whether no edit of our own is still on its way.</summary>
        public bool IsConfirmed => _pending.Count == 0;

        /// <summary>Ids of the cables that end at a module, in the order in which they were plugged.</summary>
        public IReadOnlyList<string> CablesOf(string module) => _patch.CablesOf(module);

        /// <summary>Whether a cable joins these two jacks.</summary>
        public bool IsJoined(JackId from, JackId to) => _patch.IsJoined(new CableEnds(from, to));

        /// <summary>Our edits that the server has not confirmed, oldest first.</summary>
        internal IReadOnlyList<PendingEdit> Pending => _pending;

        /// <summary>
        /// Shows an edit of our own at once. One that does not fit the patch as it is shown is kept all the same: the
        /// server decides.
        /// </summary>
        internal void Request(PendingEdit edit)
        {
            Show();
            _pending.Add(edit);
            Commands.Apply(_patch, edit.Commands);
        }

        /// <summary>Our edit is no longer on its way: its batch comes next, or it was rejected.</summary>
        internal void Drop(PendingEdit edit)
        {
            Hide();
            _pending.Remove(edit);
        }

        /// <summary>Takes the place of all that was known.</summary>
        internal Divergence Load(Patch patch, long revision, string fingerprint)
        {
            Hide();
            Clear();
            foreach (KeyValuePair<string, PlacedModule> module in patch.Modules)
            {
                _patch.Set(module.Key, module.Value);
            }
            foreach (KeyValuePair<string, Cable> cable in patch.Cables)
            {
                _patch.Set(cable.Key, cable.Value);
            }
            _patch.Set(new PatchWords(patch.Title, patch.Notes));
            _patch.ForgetChanges();
            Revision = revision;
            return _patch.Fingerprint.Is(fingerprint) ? Divergence.None : Divergence.Fingerprint;
        }

        /// <summary>Takes an accepted batch.</summary>
        internal Divergence Take(Batch batch)
        {
            if (batch.Revision <= Revision)
            {
                return Divergence.None;
            }
            if (batch.Revision != Revision + 1)
            {
                return Divergence.Gap;
            }
            Hide();
            if (Commands.Apply(_patch, batch.Commands) != null)
            {
                return Divergence.Refused;
            }
            _patch.ForgetChanges();
            Revision = batch.Revision;
            return _patch.Fingerprint.Is(batch.Fingerprint) ? Divergence.None : Divergence.Fingerprint;
        }

        /// <summary>Puts our own edits on top again, and raises the events of all that is different now.</summary>
        internal void Raise()
        {
            Show();
            if (_events.IsWaiting && _events.Raise())
            {
                _described.Raise(this);
            }
        }

        /// <summary>Whether the server's patch, without our edits, has already become what the edit asks for.</summary>
        internal bool HasBecome(PendingEdit edit)
        {
            Hide();
            return Outcome.IsThere(_patch, edit.Commands);
        }

        private void Show()
        {
            if (_isProvisional)
            {
                return;
            }
            _isProvisional = true;
            foreach (PendingEdit edit in _pending)
            {
                Commands.Apply(_patch, edit.Commands); // what another's edit has overtaken is not shown
            }
        }

        private void Hide()
        {
            if (_isProvisional)
            {
                _patch.RevertTo(0);
                _isProvisional = false;
            }
        }

        private void Clear()
        {
            foreach (string cable in new List<string>(_patch.Cables.Keys))
            {
                _patch.Set(cable, (Cable)null);
            }
            foreach (string module in new List<string>(_patch.Modules.Keys))
            {
                _patch.Set(module, (PlacedModule)null);
            }
        }
    }
}
