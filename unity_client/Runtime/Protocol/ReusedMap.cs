using System.Collections.Generic;

namespace SynthVR.Protocol
{
    /// <summary>
    /// A map from texts that is filled again and again, as meters are: values and table stay where they are, so filling
    /// it with the keys that it had before allocates nothing. One thread at a time.
    /// </summary>
    public sealed class ReusedMap<T>
        where T : class, new()
    {
        private const int Most = Limits.MostModules;

        private readonly List<string> _keys = new List<string>();
        private readonly List<T> _values = new List<T>();
        private readonly Dictionary<string, int> _places = new Dictionary<string, int>();

        // How many places the table knows; fewer or more than there are, and it is made anew.
        private int _indexed;

        /// <summary>How many keys there are now.</summary>
        public int Count { get; private set; }

        /// <summary>The key at a place, in the order in which they came.</summary>
        public string KeyAt(int place)
        {
            return _keys[place];
        }

        /// <summary>The value at a place; it is filled anew when the map is.</summary>
        public T ValueAt(int place)
        {
            return _values[place];
        }

        /// <summary>The value under <paramref name="key"/>, if there is one.</summary>
        public bool TryGetValue(string key, out T value)
        {
            if (_indexed != Count)
            {
                Index();
            }
            bool found = _places.TryGetValue(key, out int place);
            value = found ? _values[place] : null;
            return found;
        }

        /// <summary>Begins anew, with no keys.</summary>
        public void Clear()
        {
            Count = 0;
        }

        /// <summary>
        /// The next key; fill what it returns. A key that comes twice counts the second time. Throws ProtocolException
        /// where there are more than a patch has modules.
        /// </summary>
        public T Add(string key)
        {
            if (Count >= Most)
            {
                throw new ProtocolException("A map of more than " + Most + " keys is larger than any can be.");
            }
            int place = Count++;
            if (place == _keys.Count)
            {
                _keys.Add(key);
                _values.Add(new T());
                _indexed = -1;
            }
            else if (_keys[place] != key)
            {
                _keys[place] = key;
                _indexed = -1;
            }
            return _values[place];
        }

        private void Index()
        {
            _places.Clear();
            for (int i = 0; i < Count; i++)
            {
                _places[_keys[i]] = i;
            }
            _indexed = Count;
        }
    }
}
