using System;

namespace SynthVR.Client
{
    /// <summary>
    /// Who listens to an event. One that throws is logged, and the others hear it all the same: nothing that a view
    /// does wrong stops a frame. Raising allocates nothing.
    /// </summary>
    internal sealed class Handlers<T>
    {
        private readonly string _event;
        private readonly LogOnce _log;
        private Action<T>[] _handlers = new Action<T>[0];

        /// <summary><paramref name="name"/> is that of the event, for the log.</summary>
        public Handlers(string name, LogOnce log)
        {
            _event = name;
            _log = log;
        }

        public void Add(Action<T> handler)
        {
            var handlers = new Action<T>[_handlers.Length + 1];
            _handlers.CopyTo(handlers, 0);
            handlers[_handlers.Length] = handler;
            _handlers = handlers;
        }

        public void Remove(Action<T> handler)
        {
            int at = Array.LastIndexOf(_handlers, handler);
            if (at < 0)
            {
                return;
            }
            var handlers = new Action<T>[_handlers.Length - 1];
            Array.Copy(_handlers, handlers, at);
            Array.Copy(_handlers, at + 1, handlers, at, handlers.Length - at);
            _handlers = handlers;
        }

        public void Raise(T value)
        {
            Action<T>[] handlers = _handlers;
            for (int index = 0; index < handlers.Length; index++)
            {
                try
                {
                    handlers[index](value);
                }
                catch (Exception error)
                {
                    _log.Write("A handler of " + _event + " failed: " + error);
                }
            }
        }
    }
}
