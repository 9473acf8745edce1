using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Requests that wait for their answer. Each is answered exactly once. Main thread; times in local seconds.
    /// </summary>
    internal sealed class Requests
    {
        private readonly List<Waiting> _waiting = new List<Waiting>();
        private readonly Wire _wire;
        private readonly ITimeSource _time;
        private readonly Answers _answers;
        private int _nextId;

        public Requests(Wire wire, ITimeSource time, Answers answers)
        {
            _wire = wire;
            _time = time;
            _answers = answers;
        }

        /// <summary>An id that no other request of ours has.</summary>
        public int NewId()
        {
            _nextId = _nextId == int.MaxValue ? 1 : _nextId + 1;
            return _nextId;
        }

        /// <summary>
        /// Begins a request: send it under that id if this is true. Else there is no connection, which is answered.
        /// </summary>
        public bool TryBegin(double withinSeconds, Action<Reply> done, out int id)
        {
            return TryBegin(Cause.Unknown, withinSeconds, done, out id);
        }

        /// <summary>The same for a request that leads to a batch of that <paramref name="cause"/>.</summary>
        public bool TryBegin(Cause cause, double withinSeconds, Action<Reply> done, out int id)
        {
            id = NewId();
            if (!_wire.IsOpen)
            {
                _answers.Give(done, Reply.Failed(Reply.NotConnected, "There is no connection to the server."));
                return false;
            }
            _waiting.Add(new Waiting(id, cause, _time.Now + withinSeconds, done));
            return true;
        }

        /// <summary>False where no such request waits.</summary>
        public bool Answer(int id, Reply reply)
        {
            int found = _waiting.FindIndex(waiting => waiting.Id == id);
            if (found >= 0)
            {
                Close(found, reply);
            }
            return found >= 0;
        }

        /// <summary>Gives up what has waited too long.</summary>
        public void Expire()
        {
            double now = _time.Now;
            for (int index = _waiting.Count - 1; index >= 0; index--)
            {
                if (index < _waiting.Count && _waiting[index].Deadline <= now)
                {
                    Close(index, Reply.Failed(Reply.TimedOut, "The server has not answered in time."));
                }
            }
        }

        /// <summary>
        /// A batch that we made over a connection before it was lost: undo, redo and load are known by its cause to
        /// have been carried out.
        /// </summary>
        public void Settle(Cause cause, long revision)
        {
            int found = _waiting.FindIndex(waiting => cause != Cause.Unknown && waiting.Cause == cause);
            if (found >= 0)
            {
                Close(found, Reply.Done(revision));
            }
        }

        /// <summary>The connection is gone: only what a batch may still tell of goes on waiting.</summary>
        public void Lose()
        {
            Lose(waiting => waiting.Cause == Cause.Unknown);
        }

        /// <summary>Nothing will tell any more what became of what waits.</summary>
        public void LoseAll()
        {
            Lose(waiting => true);
        }

        private void Lose(Predicate<Waiting> isLost)
        {
            List<Waiting> lost = _waiting.FindAll(isLost);
            _waiting.RemoveAll(isLost);
            foreach (Waiting waiting in lost)
            {
                _answers.Give(
                    waiting.Done,
                    Reply.Failed(Reply.Disconnected, "The connection was lost before the server answered."));
            }
        }

        private void Close(int index, Reply reply)
        {
            Action<Reply> done = _waiting[index].Done;
            _waiting.RemoveAt(index);
            _answers.Give(done, reply);
        }

        private readonly struct Waiting
        {
            public Waiting(int id, Cause cause, double deadline, Action<Reply> done)
            {
                Id = id;
                Cause = cause;
                Deadline = deadline;
                Done = done;
            }

            public int Id { get; }

            public Cause Cause { get; }

            public double Deadline { get; }

            public Action<Reply> Done { get; }
        }
    }
}
