using System;
using System.Collections.Generic;

namespace SynthVR.Client
{
    /// <summary>Says each thing once: what goes wrong in a frame goes wrong in every frame. Any thread.</summary>
    internal sealed class LogOnce
    {
        private const int MostRemembered = 256;

        private readonly Action<string> _log;
        private readonly HashSet<string> _said = new HashSet<string>();

        /// <summary><paramref name="log"/> may be null.</summary>
        public LogOnce(Action<string> log)
        {
            _log = log;
        }

        public void Write(string sentence)
        {
            lock (_said)
            {
                if (_said.Count >= MostRemembered || !_said.Add(sentence))
                {
                    return;
                }
            }
            try
            {
                _log?.Invoke(sentence);
            }
            catch (Exception)
            {
                // A log that throws must not stop what it reports on; there is nobody left to tell.
            }
        }
    }
}
