using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Everybody who is connected, this client included. Main thread.</summary>
    public sealed class People
    {
        private const int Most = 256; // whoever comes after them is not seen

        private readonly Dictionary<string, Person> _byId = new Dictionary<string, Person>();
        private readonly List<Person> _all = new List<Person>();
        private readonly Handlers<Person> _joined;
        private readonly Handlers<Person> _left;
        private readonly Handlers<Person> _moved;

        internal People(LogOnce log)
        {
            _joined = new Handlers<Person>("People.Joined", log);
            _left = new Handlers<Person>("People.Left", log);
            _moved = new Handlers<Person>("People.Moved", log);
        }

        /// <summary>Somebody has come. Raised from Pump, as the others are.</summary>
        public event Action<Person> Joined
        {
            add { _joined.Add(value); }
            remove { _joined.Remove(value); }
        }

        /// <summary>Somebody has gone.</summary>
        public event Action<Person> Left
        {
            add { _left.Add(value); }
            remove { _left.Remove(value); }
        }

        /// <summary>A head or a hand has moved, or holds something else; or somebody has another name.</summary>
        public event Action<Person> Moved
        {
            add { _moved.Add(value); }
            remove { _moved.Remove(value); }
        }

        /// <summary>Everybody, as far as there are no more than 256.</summary>
        public IReadOnlyList<Person> All => _all;

        /// <summary>The person of that client id; null where there is none.</summary>
        public Person Find(string id)
        {
            Person found;
            return id != null && _byId.TryGetValue(id, out found) ? found : null;
        }

        internal void Take(Welcome welcome)
        {
            Clear();
            foreach (ClientInfo info in welcome.Clients)
            {
                Add(info, info.Id == welcome.Client);
            }
        }

        internal void Take(Joined joined)
        {
            Add(joined.Client, false);
        }

        internal void Take(Introduced introduced)
        {
            Person found = Find(introduced.Client.Id);
            if (found != null)
            {
                found.Take(introduced.Client);
                _moved.Raise(found);
            }
        }

        internal void Take(Left left)
        {
            Person gone = Find(left.Client);
            if (gone != null)
            {
                _byId.Remove(gone.Id);
                _all.Remove(gone);
                _left.Raise(gone);
            }
        }

        internal void Take(OthersPresence presence)
        {
            Person found = Find(presence.Client);
            if (found != null)
            {
                found.Take(presence);
                _moved.Raise(found);
            }
        }

        internal void Clear()
        {
            var gone = new List<Person>(_all);
            _byId.Clear();
            _all.Clear();
            foreach (Person person in gone)
            {
                _left.Raise(person);
            }
        }

        private void Add(ClientInfo info, bool isSelf)
        {
            if (_byId.ContainsKey(info.Id) || (_all.Count >= Most && !isSelf))
            {
                return;
            }
            var person = new Person(info, isSelf);
            _byId[info.Id] = person;
            _all.Add(person);
            _joined.Raise(person);
        }
    }
}
