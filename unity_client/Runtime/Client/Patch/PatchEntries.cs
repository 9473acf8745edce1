using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// A patch that changes entry by entry, and what is kept about it so that no change looks at all of it: its
    /// fingerprint, which jacks are joined, which cables a module has. Entries themselves are immutable. Every change
    /// is written down, and can be taken back.
    /// </summary>
    internal sealed class PatchEntries
    {
        private static readonly List<string> NoCables = new List<string>();

        private readonly Dictionary<string, PlacedModule> _modules = new Dictionary<string, PlacedModule>();
        private readonly Dictionary<string, Cable> _cables = new Dictionary<string, Cable>();
        private readonly Dictionary<string, Fingerprint> _moduleHashes = new Dictionary<string, Fingerprint>();
        private readonly Dictionary<string, Fingerprint> _cableHashes = new Dictionary<string, Fingerprint>();
        private readonly Dictionary<string, List<string>> _cablesOf = new Dictionary<string, List<string>>();
        private readonly HashSet<CableEnds> _joined = new HashSet<CableEnds>();
        private readonly List<EntryChange> _changes = new List<EntryChange>();
        private readonly Action<EntryChange> _changed;

        /// <summary><paramref name="changed"/> hears of every change, those that take others back included.</summary>
        public PatchEntries(Action<EntryChange> changed)
        {
            _changed = changed;
            Fingerprint = Fingerprint.OfWords("", "");
        }

        public IReadOnlyDictionary<string, PlacedModule> Modules => _modules;

        public IReadOnlyDictionary<string, Cable> Cables => _cables;

        public PatchWords Words { get; private set; } = PatchWords.None;

        public Fingerprint Fingerprint { get; private set; }

        /// <summary>How many changes have been written down since they were last forgotten.</summary>
        public int Changes => _changes.Count;

        public bool IsJoined(CableEnds ends) => _joined.Contains(ends);

        /// <summary>Ids of the cables that end at the module, in the order in which they were plugged.</summary>
        public IReadOnlyList<string> CablesOf(string module)
        {
            List<string> found;
            return _cablesOf.TryGetValue(module, out found) ? found : NoCables;
        }

        public void Set(string id, PlacedModule module)
        {
            PlacedModule before;
            _modules.TryGetValue(id, out before);
            Write(EntryChange.Of(id, before));
            if (before != null)
            {
                Fingerprint -= _moduleHashes[id];
            }
            if (module == null)
            {
                _modules.Remove(id);
                _moduleHashes.Remove(id);
                return;
            }
            Fingerprint hash = Fingerprint.OfModule(id, module);
            _modules[id] = module;
            _moduleHashes[id] = hash;
            Fingerprint += hash;
        }

        public void Set(string id, Cable cable)
        {
            Cable before;
            _cables.TryGetValue(id, out before);
            Write(EntryChange.Of(id, before));
            if (before != null)
            {
                Unplug(id, before);
            }
            if (cable != null)
            {
                Plug(id, cable);
            }
        }

        public void Set(PatchWords words)
        {
            Write(EntryChange.Of(Words));
            Fingerprint -= Fingerprint.OfWords(Words.Title, Words.Notes);
            Fingerprint += Fingerprint.OfWords(words.Title, words.Notes);
            Words = words;
        }

        /// <summary>Takes back all changes but the first so many.</summary>
        public void RevertTo(int changes)
        {
            for (int index = _changes.Count - 1; index >= changes; index--)
            {
                EntryChange change = _changes[index];
                switch (change.Kind)
                {
                    case EntryKind.Module:
                        Set(change.Id, change.Module);
                        break;
                    case EntryKind.Cable:
                        Set(change.Id, change.Cable);
                        break;
                    default:
                        Set(change.Words);
                        break;
                }
            }
            _changes.RemoveRange(changes, _changes.Count - changes);
        }

        /// <summary>What has been changed stays.</summary>
        public void ForgetChanges()
        {
            _changes.Clear();
        }

        private void Write(EntryChange change)
        {
            _changes.Add(change);
            _changed(change);
        }

        private void Plug(string id, Cable cable)
        {
            Fingerprint hash = Fingerprint.OfCable(id, cable);
            _cables[id] = cable;
            _cableHashes[id] = hash;
            Fingerprint += hash;
            _joined.Add(CableEnds.Of(cable));
            List(cable.From.Module).Add(id);
            if (cable.To.Module != cable.From.Module)
            {
                List(cable.To.Module).Add(id);
            }
        }

        private void Unplug(string id, Cable cable)
        {
            Fingerprint -= _cableHashes[id];
            _cables.Remove(id);
            _cableHashes.Remove(id);
            _joined.Remove(CableEnds.Of(cable));
            Forget(cable.From.Module, id);
            Forget(cable.To.Module, id);
        }

        private void Forget(string module, string cable)
        {
            List<string> cables = List(module);
            cables.Remove(cable);
            if (cables.Count == 0)
            {
                _cablesOf.Remove(module);
            }
        }

        private List<string> List(string module)
        {
            List<string> found;
            if (!_cablesOf.TryGetValue(module, out found))
            {
                _cablesOf[module] = found = new List<string>();
            }
            return found;
        }
    }
}
