using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Requests that wait for their answer. Each is answered exactly once. Main thread; times in local seconds.</summary>
    internal sealed class RequestBook
    {
        private readonly List<Waiting> _waiting = new List<Waiting>();
        private readonly LogOnce _log;

        public RequestBook(LogOnce log)
        {
            _log = log;
        }

        public void Add(int id, Cause cause, double deadline, Action<Reply> done)
        {
            _waiting.Add(new Waiting { Id = id, Cause = cause, Deadline = deadline, Done = done });
        }

        /// <summary>False where no such request waits.</summary>
        public bool Answer(int id, Reply reply)
        {
            for (int index = 0; index < _waiting.Count; index++)
            {
                if (_waiting[index].Id == id)
                {
                    Close(index, reply);
                    return true;
                }
            }
            return false;
        }

        /// <summary>Gives up what has waited too long.</summary>
        public void Expire(double now)
        {
            for (int index = _waiting.Count - 1; index >= 0; index--)
            {
                if (_waiting[index].Deadline <= now)
                {
                    Close(index, Reply.Failed(Reply.TimedOut, "The server has not answered in time."));
                }
            }
        }

        /// <summary>
        /// A batch that we made over a connection before it was lost: undo, redo and load are known by its cause to have
        /// been carried out.
        /// </summary>
        public void Settle(Cause cause, long revision)
        {
            for (int index = 0; index < _waiting.Count; index++)
            {
                if (_waiting[index].Cause == cause && cause != Cause.Unknown)
                {
                    Close(index, Reply.Done(revision));
                    return;
                }
            }
        }

        /// <summary>The connection is gone: only what a batch may still tell of goes on waiting.</summary>
        public void Lose()
        {
            Fail(isBatchAwaited: false);
        }

        /// <summary>Nothing will tell any more what became of what waits.</summary>
        public void LoseAll()
        {
            Fail(isBatchAwaited: false);
            Fail(isBatchAwaited: true);
        }

        private void Fail(bool isBatchAwaited)
        {
            for (int index = _waiting.Count - 1; index >= 0; index--)
            {
                if (index < _waiting.Count && _waiting[index].Cause != Cause.Unknown == isBatchAwaited)
                {
                    Close(index, Reply.Failed(Reply.Disconnected, "The connection was lost before the server answered."));
                }
            }
        }

        private void Close(int index, Reply reply)
        {
            Action<Reply> done = _waiting[index].Done;
            _waiting.RemoveAt(index);
            Call(done, reply, _log);
        }

        /// <summary>Answers; what the asker does wrong with it is logged.</summary>
        public static void Call(Action<Reply> done, Reply reply, LogOnce log)
        {
            try
            {
                done?.Invoke(reply);
            }
            catch (Exception error)
            {
                log.Write("What was done with an answer failed: " + error);
            }
        }

        private struct Waiting
        {
            public int Id;
            public Cause Cause;
            public double Deadline;
            public Action<Reply> Done;
        }
    }
}
