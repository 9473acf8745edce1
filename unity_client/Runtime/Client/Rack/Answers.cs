using System;

namespace SynthVR.Client
{
    /// <summary>
    /// Tells askers what became of their requests, and people what nobody asked for. What an asker does wrong with its
    /// answer is logged.
    /// </summary>
    internal sealed class Answers
    {
        private const int MostInFrame = 16;

        private readonly LogOnce _log;
        private int _told; // in this frame

        public Answers(LogOnce log)
        {
            _log = log;
            Told = new Handlers<Remark>("Told", log);
        }

        public Handlers<Remark> Told { get; }

        /// <summary><paramref name="done"/> may be null: then a failure is told to people.</summary>
        public void Give(Action<Reply> done, Reply reply)
        {
            if (done == null)
            {
                if (!reply.IsDone)
                {
                    Tell(reply.Code, reply.Sentence);
                }
                return;
            }
            try
            {
                done(reply);
            }
            catch (Exception error)
            {
                _log.Write("What was done with an answer failed: " + error);
            }
        }

        /// <summary>A frame begins.</summary>
        public void Begin()
        {
            _told = 0;
        }

        /// <summary>Tells people, as far as they can be expected to read it.</summary>
        public void Tell(string code, string sentence)
        {
            if (_told++ >= MostInFrame)
            {
                _log.Write("More was told in a frame than can be shown.");
                return;
            }
            Told.Raise(new Remark(code, sentence));
        }
    }
}
