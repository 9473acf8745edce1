using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>The jacks that are looked at. The server has eight scopes for all clients together.</summary>
    public sealed class Scopes
    {
        private readonly Dictionary<StreamUse, ScopeTrace> _open = new Dictionary<StreamUse, ScopeTrace>();
        private readonly Dictionary<StreamUse, int> _users = new Dictionary<StreamUse, int>();
        private readonly Streams _streams;

        internal Scopes(Streams streams)
        {
            _streams = streams;
        }

        /// <summary>Begins to look at a jack. Close what is returned when it is not looked at any more.</summary>
        public ScopeTrace Open(JackId jack)
        {
            var use = new StreamUse(StreamName.Scope, jack.Module, jack.Jack);
            ScopeTrace trace;
            if (!_open.TryGetValue(use, out trace))
            {
                _open[use] = trace = new ScopeTrace(jack);
                _users[use] = 0;
            }
            _users[use]++;
            _streams.Begin(use);
            return trace;
        }

        /// <summary>Ends one look at a jack.</summary>
        public void Close(ScopeTrace trace)
        {
            var use = new StreamUse(StreamName.Scope, trace.Jack.Module, trace.Jack.Jack);
            if (!_users.ContainsKey(use))
            {
                return;
            }
            _streams.End(use);
            if (--_users[use] == 0)
            {
                _users.Remove(use);
                _open.Remove(use);
            }
        }

        internal void Take(Scope scope)
        {
            ScopeTrace trace;
            if (_open.TryGetValue(new StreamUse(StreamName.Scope, scope.Module, scope.Jack), out trace))
            {
                trace.Take(scope);
            }
        }
    }
}
