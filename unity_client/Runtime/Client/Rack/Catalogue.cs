using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>The modules there are, found by id and by words. Immutable.</summary>
    public sealed class Catalogue
    {
        private const int NoMatch = int.MaxValue;

        private readonly Dictionary<string, ModuleInfo> _byId = new Dictionary<string, ModuleInfo>();

        internal Catalogue(IReadOnlyList<ModuleInfo> modules)
        {
            Modules = modules;
            foreach (ModuleInfo module in modules)
            {
                _byId[module.Id] = module;
            }
        }

        /// <summary>All of them, in the server's order.</summary>
        public IReadOnlyList<ModuleInfo> Modules { get; }

        /// <summary>What there is after a change; the others stay the same objects.</summary>
        internal Catalogue After(CatalogueChange change)
        {
            var changed = new Catalogue(change.Modules);
            var gone = new HashSet<string>(change.Gone);
            var modules = new List<ModuleInfo>();
            foreach (ModuleInfo module in Modules)
            {
                if (!gone.Contains(module.Id))
                {
                    modules.Add(changed.Find(module.Id) ?? module);
                }
            }
            foreach (ModuleInfo module in change.Modules)
            {
                if (Find(module.Id) == null)
                {
                    modules.Add(module);
                }
            }
            return new Catalogue(modules);
        }

        /// <summary>The module of that type; null for a ghost: a module nobody here knows.</summary>
        public ModuleInfo Find(string type)
        {
            ModuleInfo found;
            return _byId.TryGetValue(type, out found) ? found : null;
        }

        /// <summary>The knob of a module; null where it has none of that id.</summary>
        public static KnobInfo Knob(ModuleInfo module, string knob)
        {
            for (int index = 0; module != null && index < module.Knobs.Count; index++)
            {
                if (module.Knobs[index].Id == knob)
                {
                    return module.Knobs[index];
                }
            }
            return null;
        }

        /// <summary>The family of a module: its first tag.</summary>
        public static string Family(ModuleInfo module)
        {
            return module.Tags.Count > 0 ? module.Tags[0] : "other";
        }

        /// <summary>
        /// Modules that match every word: best those whose title starts with one, then titles, tags, descriptions. No
        /// words find all, by family and title.
        /// </summary>
        public List<ModuleInfo> Search(string words)
        {
            string[] wanted = words.ToLowerInvariant().Split(new char[0], StringSplitOptions.RemoveEmptyEntries);
            var found = new List<KeyValuePair<int, ModuleInfo>>();
            foreach (ModuleInfo module in Modules)
            {
                int rank = Rank(module, wanted);
                if (rank != NoMatch)
                {
                    found.Add(new KeyValuePair<int, ModuleInfo>(rank, module));
                }
            }
            found.Sort(Compare);
            return found.ConvertAll(pair => pair.Value);
        }

        private static int Compare(KeyValuePair<int, ModuleInfo> one, KeyValuePair<int, ModuleInfo> other)
        {
            if (one.Key != other.Key)
            {
                return one.Key.CompareTo(other.Key);
            }
            int families = string.CompareOrdinal(Family(one.Value), Family(other.Value));
            return families != 0 ? families : string.CompareOrdinal(one.Value.Title, other.Value.Title);
        }

        private static int Rank(ModuleInfo module, string[] words)
        {
            int sum = 0;
            foreach (string word in words)
            {
                int rank = Rank(module, word);
                if (rank == NoMatch)
                {
                    return NoMatch;
                }
                sum += rank;
            }
            return sum;
        }

        private static int Rank(ModuleInfo module, string word)
        {
            string title = module.Title.ToLowerInvariant();
            if (title.StartsWith(word, StringComparison.Ordinal)
                || module.Id.StartsWith(word, StringComparison.Ordinal))
            {
                return 0;
            }
            if (title.IndexOf(word, StringComparison.Ordinal) >= 0)
            {
                return 1;
            }
            foreach (string tag in module.Tags)
            {
                if (tag.ToLowerInvariant().IndexOf(word, StringComparison.Ordinal) >= 0)
                {
                    return 2;
                }
            }
            return module.Description.ToLowerInvariant().IndexOf(word, StringComparison.Ordinal) >= 0 ? 3 : NoMatch;
        }
    }
}
