using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Turns all changes since the last time into the fewest events that lead from what was shown to what is shown: an
    /// edit that was taken back and done again in between is no event at all.
    /// </summary>
    internal sealed class PatchEvents
    {
        private readonly PatchEntries _patch;
        private readonly Dictionary<string, PlacedModule> _modules = new Dictionary<string, PlacedModule>();
        private readonly Dictionary<string, Cable> _cables = new Dictionary<string, Cable>();
        private PatchWords _words;

        public PatchEvents(LogOnce log)
        {
            _patch = new PatchEntries(Note);
            ModuleAdded = new Handlers<ModuleEntry>("ModuleAdded", log);
            ModuleRemoved = new Handlers<string>("ModuleRemoved", log);
            ModuleMoved = new Handlers<ModuleEntry>("ModuleMoved", log);
            ModuleLabelled = new Handlers<ModuleEntry>("ModuleLabelled", log);
            ModuleDataChanged = new Handlers<ModuleEntry>("ModuleDataChanged", log);
            KnobSet = new Handlers<KnobId>("KnobSet", log);
            CablePlugged = new Handlers<CableEntry>("CablePlugged", log);
            CableUnplugged = new Handlers<CableEntry>("CableUnplugged", log);
        }

        public PatchEntries Patch => _patch;

        public Handlers<ModuleEntry> ModuleAdded { get; }

        public Handlers<string> ModuleRemoved { get; }

        public Handlers<ModuleEntry> ModuleMoved { get; }

        public Handlers<ModuleEntry> ModuleLabelled { get; }

        public Handlers<ModuleEntry> ModuleDataChanged { get; }

        public Handlers<KnobId> KnobSet { get; }

        public Handlers<CableEntry> CablePlugged { get; }

        public Handlers<CableEntry> CableUnplugged { get; }

        /// <summary>Raises the events. True where title or notes are others than before.</summary>
        public bool Raise()
        {
            var modules = new List<KeyValuePair<string, PlacedModule>>(_modules);
            var cables = new List<KeyValuePair<string, Cable>>(_cables);
            bool isDescribed = _words != null
                && (_words.Title != _patch.Words.Title || _words.Notes != _patch.Words.Notes);
            _modules.Clear();
            _cables.Clear();
            _words = null;
            // Cables go before the modules that they end at, and come after them.
            RaiseUnplugged(cables);
            RaiseRemoved(modules);
            RaiseAddedAndChanged(modules);
            RaisePlugged(cables);
            return isDescribed;
        }

        /// <summary>Whether there is anything to raise.</summary>
        public bool IsWaiting => _modules.Count > 0 || _cables.Count > 0 || _words != null;

        private void Note(EntryChange change)
        {
            if (change.Kind == EntryKind.Words)
            {
                _words = _words ?? change.Words;
            }
            else if (change.Kind == EntryKind.Module && !_modules.ContainsKey(change.Id))
            {
                _modules[change.Id] = change.Module;
            }
            else if (change.Kind == EntryKind.Cable && !_cables.ContainsKey(change.Id))
            {
                _cables[change.Id] = change.Cable;
            }
        }

        private void RaiseUnplugged(List<KeyValuePair<string, Cable>> cables)
        {
            foreach (KeyValuePair<string, Cable> cable in cables)
            {
                if (cable.Value != null && !IsSame(cable.Value, Now(cable.Key)))
                {
                    CableUnplugged.Raise(new CableEntry(cable.Key, cable.Value));
                }
            }
        }

        private void RaisePlugged(List<KeyValuePair<string, Cable>> cables)
        {
            foreach (KeyValuePair<string, Cable> cable in cables)
            {
                Cable now = Now(cable.Key);
                if (now != null && !IsSame(cable.Value, now))
                {
                    CablePlugged.Raise(new CableEntry(cable.Key, now));
                }
            }
        }

        private void RaiseRemoved(List<KeyValuePair<string, PlacedModule>> modules)
        {
            foreach (KeyValuePair<string, PlacedModule> module in modules)
            {
                PlacedModule now;
                _patch.Modules.TryGetValue(module.Key, out now);
                if (module.Value != null && now?.Type != module.Value.Type)
                {
                    ModuleRemoved.Raise(module.Key);
                }
            }
        }

        private void RaiseAddedAndChanged(List<KeyValuePair<string, PlacedModule>> modules)
        {
            foreach (KeyValuePair<string, PlacedModule> module in modules)
            {
                PlacedModule now;
                if (!_patch.Modules.TryGetValue(module.Key, out now))
                {
                    continue;
                }
                var entry = new ModuleEntry(module.Key, now);
                if (module.Value?.Type != now.Type)
                {
                    ModuleAdded.Raise(entry);
                }
                else
                {
                    RaiseChanged(module.Value, entry);
                }
            }
        }

        private void RaiseChanged(PlacedModule before, ModuleEntry entry)
        {
            PlacedModule now = entry.Module;
            if (!before.Position.Equals(now.Position) || !before.Rotation.Equals(now.Rotation))
            {
                ModuleMoved.Raise(entry);
            }
            if (before.Label != now.Label)
            {
                ModuleLabelled.Raise(entry);
            }
            if (before.Data != now.Data && Differs(before.Data, now.Data))
            {
                ModuleDataChanged.Raise(entry);
            }
            if (before.Knobs != now.Knobs)
            {
                RaiseKnobs(entry.Id, before.Knobs, now.Knobs);
            }
        }

        private void RaiseKnobs(
            string id, IReadOnlyDictionary<string, double> before, IReadOnlyDictionary<string, double> now)
        {
            foreach (KeyValuePair<string, double> knob in now)
            {
                double was;
                if (!before.TryGetValue(knob.Key, out was) || was != knob.Value)
                {
                    KnobSet.Raise(new KnobId(id, knob.Key));
                }
            }
            foreach (KeyValuePair<string, double> knob in before)
            {
                if (!now.ContainsKey(knob.Key))
                {
                    KnobSet.Raise(new KnobId(id, knob.Key)); // back at its default
                }
            }
        }

        private static bool Differs(
            IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
        {
            foreach (KeyValuePair<string, string> text in now)
            {
                string was;
                if (!before.TryGetValue(text.Key, out was) || was != text.Value)
                {
                    return true;
                }
            }
            return before.Count != now.Count;
        }

        private Cable Now(string id)
        {
            Cable now;
            _patch.Cables.TryGetValue(id, out now);
            return now;
        }

        private static bool IsSame(Cable one, Cable other)
        {
            return one == other
                || (one != null && other != null && one.Color == other.Color
                    && CableEnds.Of(one).Equals(CableEnds.Of(other)));
        }
    }
}
