using System.Collections.Generic;

namespace SynthVR.Protocol
{
    /// <summary>
    /// What a newer server says and this client does not know: each is told once, then skipped in silence.
    /// </summary>
    internal sealed class Unfamiliar
    {
        // A server that makes up names without end is not written down without end.
        private const int MostRemembered = 64;

        private readonly HashSet<(string Where, string Name)> _told = new HashSet<(string, string)>();
        private string _sentence;

        /// <summary>Notes that <paramref name="where"/> has something of that name.</summary>
        public void Note(string where, string name)
        {
            if (_told.Count < MostRemembered && _told.Add((where, name)))
            {
                string shown = name.Length > 60 ? name.Substring(0, 60) : name;
                string sentence = $"{where} '{shown}' is not known here and is skipped.";
                _sentence = _sentence == null ? sentence : $"{_sentence} {sentence}";
            }
        }

        /// <summary>The sentence about what was noted for the first time since the last call, or null.</summary>
        public string Take()
        {
            string taken = _sentence;
            _sentence = null;
            return taken;
        }
    }
}
