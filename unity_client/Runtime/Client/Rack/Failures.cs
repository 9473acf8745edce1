using System;
using System.Collections.Generic;

namespace SynthVR.Client
{
    /// <summary>The modules that have gone silent, and why. Main thread.</summary>
    public sealed class Failures
    {
        private readonly Dictionary<string, string> _byModule = new Dictionary<string, string>();
        private readonly Handlers<Failures> _changed;

        internal Failures(LogOnce log)
        {
            _changed = new Handlers<Failures>("Failures.Changed", log);
        }

        /// <summary>Raised from Pump.</summary>
        public event Action<Failures> Changed
        {
            add { _changed.Add(value); }
            remove { _changed.Remove(value); }
        }

        /// <summary>What went wrong, by module id.</summary>
        public IReadOnlyDictionary<string, string> ByModule => _byModule;

        internal void Add(string module, string sentence)
        {
            _byModule[module] = sentence;
            _changed.Raise(this);
        }

        internal void Remove(string module)
        {
            if (_byModule.Remove(module))
            {
                _changed.Raise(this);
            }
        }

        internal void Clear()
        {
            if (_byModule.Count > 0)
            {
                _byModule.Clear();
                _changed.Raise(this);
            }
        }
    }
}
