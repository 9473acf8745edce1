using System;
using System.Collections.Generic;

namespace SynthVR.Client
{
    /// <summary>The streams that somebody here looks at or listens to: asked for once each, and again after a reconnect.</summary>
    internal sealed class Streams
    {
        private readonly Dictionary<StreamUse, int> _users = new Dictionary<StreamUse, int>();
        private readonly Action<StreamUse, bool> _ask;

        /// <summary><paramref name="ask"/> subscribes (true) or unsubscribes, where there is a connection.</summary>
        public Streams(Action<StreamUse, bool> ask)
        {
            _ask = ask;
        }

        public void Begin(StreamUse stream)
        {
            int users;
            _users.TryGetValue(stream, out users);
            _users[stream] = users + 1;
            if (users == 0)
            {
                _ask(stream, true);
            }
        }

        /// <summary>What was begun once is ended once.</summary>
        public void End(StreamUse stream)
        {
            int users;
            if (!_users.TryGetValue(stream, out users))
            {
                return;
            }
            if (users > 1)
            {
                _users[stream] = users - 1;
                return;
            }
            _users.Remove(stream);
            _ask(stream, false);
        }

        /// <summary>A new connection has no streams yet.</summary>
        public void Reconnected()
        {
            foreach (StreamUse stream in new List<StreamUse>(_users.Keys))
            {
                _ask(stream, true);
            }
        }
    }
}
