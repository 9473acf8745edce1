using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>What the server has told of itself. Main thread; events come from Pump.</summary>
    public sealed class ServerState
    {
        private readonly Dictionary<string, string> _failures = new Dictionary<string, string>();
        private readonly Handlers<Catalogue> _catalogueChanged;
        private readonly Handlers<EngineStatus> _engineChanged;
        private readonly Handlers<ServerState> _failuresChanged;

        internal ServerState(LogOnce log)
        {
            _catalogueChanged = new Handlers<Catalogue>("CatalogueChanged", log);
            _engineChanged = new Handlers<EngineStatus>("EngineChanged", log);
            _failuresChanged = new Handlers<ServerState>("FailuresChanged", log);
        }

        /// <summary>There are other modules than before: raised before the events of the patch.</summary>
        public event Action<Catalogue> CatalogueChanged
        {
            add { _catalogueChanged.Add(value); }
            remove { _catalogueChanged.Remove(value); }
        }

        /// <summary>The engine does something else than before.</summary>
        public event Action<EngineStatus> EngineChanged
        {
            add { _engineChanged.Add(value); }
            remove { _engineChanged.Remove(value); }
        }

        /// <summary>A module has gone silent, or plays again.</summary>
        public event Action<ServerState> FailuresChanged
        {
            add { _failuresChanged.Add(value); }
            remove { _failuresChanged.Remove(value); }
        }

        /// <summary>Its name and version; empty before the first welcome.</summary>
        public string Name { get; private set; } = "";

        /// <summary>Every module there is; empty before the first welcome.</summary>
        public Catalogue Catalogue { get; private set; } = new Catalogue(new ModuleInfo[0]);

        /// <summary>Module files that could not be used, one sentence each.</summary>
        public IReadOnlyList<string> Problems { get; private set; } = new string[0];

        /// <summary>How the engine does; null before the first welcome.</summary>
        public EngineStatus Engine { get; private set; }

        /// <summary>
        /// Why what people do is not kept on the server's disk: show it as long as it is there. Null while it is kept.
        /// </summary>
        public string NotKept { get; private set; }

        /// <summary>Why modules have gone silent, by module id.</summary>
        public IReadOnlyDictionary<string, string> Failures => _failures;

        /// <summary>
        /// Whether the latest welcome could go on from the patch that was here; else the patch came whole.
        /// </summary>
        public bool IsResumed { get; private set; }

        /// <summary>How often the patch here turned out not to be the server's, and was fetched again.</summary>
        public int Divergences { get; internal set; }

        internal void Take(Welcome welcome)
        {
            Name = welcome.Server;
            Problems = welcome.Problems;
            IsResumed = welcome.Patch == null;
            NotKept = null; // who comes in while it is not kept is told after the welcome
            Catalogue = new Catalogue(welcome.Catalogue);
            ClearFailures();
            _catalogueChanged.Raise(Catalogue);
            Take(welcome.Engine);
        }

        /// <summary>Returns the problems that are new.</summary>
        internal List<string> Take(CatalogueChange change)
        {
            var fresh = new List<string>(change.Problems);
            foreach (string known in Problems)
            {
                fresh.Remove(known);
            }
            Problems = change.Problems;
            Catalogue = Catalogue.After(change);
            _catalogueChanged.Raise(Catalogue);
            return fresh;
        }

        internal void Take(EngineStatus engine)
        {
            if (engine.State == EngineState.Starting)
            {
                ClearFailures();
            }
            Engine = engine;
            _engineChanged.Raise(engine);
        }

        internal void Take(Keeping keeping)
        {
            NotKept = keeping.State == KeepingState.Kept ? null : keeping.Sentence;
        }

        internal void Take(ModuleFailed failure)
        {
            _failures[failure.Module] = failure.Sentence;
            _failuresChanged.Raise(this);
        }

        internal void Forget(string module)
        {
            if (_failures.Remove(module))
            {
                _failuresChanged.Raise(this);
            }
        }

        private void ClearFailures()
        {
            if (_failures.Count > 0)
            {
                _failures.Clear();
                _failuresChanged.Raise(this);
            }
        }
    }
}
