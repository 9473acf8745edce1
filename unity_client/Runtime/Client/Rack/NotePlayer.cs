using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Plays notes, and remembers which sound, so that each of them is ended. Main thread.</summary>
    public sealed class NotePlayer
    {
        private readonly Wire _wire;
        private readonly List<KeyValuePair<string, int>> _sounding = new List<KeyValuePair<string, int>>();

        internal NotePlayer(Wire wire)
        {
            _wire = wire;
        }

        /// <summary>
        /// Starts a note on a module that plays notes. <paramref name="number"/> (0–127) names it for its end;
        /// <paramref name="pitch"/> in volts, 0 V = C4; <paramref name="velocity"/> 0–1; <paramref name="at"/> in the
        /// server's time, null is now. False without a connection.
        /// </summary>
        public bool Start(string module, int number, double pitch, double velocity, double? at = null)
        {
            bool isSent = _wire.Send(new Note(module, number, pitch, velocity, at));
            var note = new KeyValuePair<string, int>(module, number);
            if (isSent && !_sounding.Contains(note))
            {
                _sounding.Add(note);
            }
            return isSent;
        }

        /// <summary>Ends a note.</summary>
        public void End(string module, int number, double? at = null)
        {
            _sounding.Remove(new KeyValuePair<string, int>(module, number));
            _wire.Send(new Note(module, number, 0, 0, at));
        }

        /// <summary>Ends all that were started here.</summary>
        public void EndAll()
        {
            while (_sounding.Count > 0)
            {
                KeyValuePair<string, int> last = _sounding[_sounding.Count - 1];
                End(last.Key, last.Value);
            }
        }

        /// <summary>A new connection: nobody has ended what sounded when the old one was lost.</summary>
        internal void Reconnected()
        {
            EndAll();
        }
    }
}
