using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Changes the patch: edits are shown at once, kept through a lost connection, and taken back where the server
    /// rejects them. Main thread. Every <c>done</c> may be null: a failure is then told to people.
    /// </summary>
    public sealed class PatchEditor
    {
        private const double AnswerWithin = 10; // s
        private const int MostWaiting = 10000; // edits; nobody patches so much while the server is away
        private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";

        private readonly EditBook _book;
        private readonly Requests _requests;
        private readonly Wire _wire;
        private readonly KnobHands _hands;
        private readonly Answers _answers;
        private readonly Func<double> _random;

        internal PatchEditor(
            EditBook book, Requests requests, Wire wire, KnobHands hands, Answers answers, Func<double> random)
        {
            _book = book;
            _requests = requests;
            _wire = wire;
            _hands = hands;
            _answers = answers;
            _random = random;
        }

        /// <summary>How many edits the server has not answered.</summary>
        public int Unanswered => _book.Count;

        /// <summary>An id that nobody will choose again: a stem (a module's type, say) and random letters.</summary>
        public string NewId(string stem)
        {
            var letters = new char[9];
            letters[0] = '-';
            for (int index = 1; index < letters.Length; index++)
            {
                letters[index] = Letters[Math.Min(Letters.Length - 1, (int)(_random() * Letters.Length))];
            }
            return stem.Substring(0, Math.Min(48, stem.Length)) + new string(letters);
        }

        /// <summary>Edits the patch; all of the commands count, or none.</summary>
        public void Edit(params Command[] commands)
        {
            Edit(null, commands);
        }

        /// <summary>
        /// Edits the patch; all of the commands count, or none. Throws ArgumentNullException where a command lacks an
        /// id or a text.
        /// </summary>
        public void Edit(Action<Reply> done, params Command[] commands)
        {
            int id = _requests.NewId();
            byte[] frame = _wire.Frame(new Edit(id, commands));
            if (frame.Length > Limits.LargestMessage || commands.Length > Limits.MostCommands)
            {
                _answers.Give(done, Reply.Failed(Reply.TooLarge, "The edit is larger than the server takes."));
                return;
            }
            if (_book.Count >= MostWaiting)
            {
                _answers.Give(done, Reply.Failed(Reply.NotConnected, "Too many edits wait for the server."));
                return;
            }
            _hands.Flush(); // what was turned before is heard before
            _book.Add(new PendingEdit(id, commands, frame, done));
        }

        /// <summary>Takes back our latest change; never what others have changed since.</summary>
        public void Undo(Action<Reply> done = null)
        {
            if (_requests.TryBegin(Cause.Undo, AnswerWithin, done, out int id))
            {
                _wire.Send(new Undo(id));
            }
        }

        /// <summary>Does again what we took back last.</summary>
        public void Redo(Action<Reply> done = null)
        {
            if (_requests.TryBegin(Cause.Redo, AnswerWithin, done, out int id))
            {
                _wire.Send(new Redo(id));
            }
        }
    }
}
