using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Our own edits from the moment they are made until they are answered: sent in order, never dropped, never applied
    /// twice. Where a connection was lost before an answer came, what the server tells afterwards decides: a batch of
    /// ours among those that were missed has been accepted; an edit before such a one, and without a batch, had been
    /// rejected; the others have not arrived, and are sent again. As long as the lost connection still stands at the
    /// server, an edit may yet arrive over it: until then nothing is decided. Main thread.
    /// </summary>
    internal sealed class EditBook
    {
        private const int MostAtOnce = 16; // in a frame: the server takes 2,000 messages a second

        private readonly List<PendingEdit> _edits = new List<PendingEdit>();
        private readonly SameCommands _same = new SameCommands();
        private readonly PatchState _patch;
        private readonly Wire _wire;
        private readonly Answers _answers;
        private bool _isDeciding; // whether edits whose fate is unsure wait for the lost connection's end
        private bool _isWhole; // whether the patch came whole, without the batches that led to it

        public EditBook(PatchState patch, Wire wire, Answers answers)
        {
            _patch = patch;
            _wire = wire;
            _answers = answers;
        }

        /// <summary>How many edits wait for their answer.</summary>
        public int Count => _edits.Count;

        /// <summary>Shows an edit, and sends it as soon as those before it have been.</summary>
        public void Add(PendingEdit edit)
        {
            _edits.Add(edit);
            _patch.Request(edit);
            SendDue();
        }

        /// <summary>Sends what waits, a part of it at a time.</summary>
        public void SendDue()
        {
            if (_isDeciding)
            {
                return;
            }
            int sent = 0;
            for (int index = 0; index < _edits.Count && sent < MostAtOnce && _wire.IsOpen; index++)
            {
                if (_edits[index].Stage == EditStage.Waiting)
                {
                    _wire.Send(_edits[index].Frame);
                    _edits[index].Stage = EditStage.Sent;
                    sent++;
                }
            }
        }

        /// <summary>
        /// A batch that an edit of ours made: the server goes through them in order, so it was the oldest.
        /// </summary>
        public void TakeOwn(Batch batch)
        {
            foreach (PendingEdit edit in _edits)
            {
                if (edit.Stage == EditStage.Sent && _same.AreSame(edit.Commands, batch.Commands))
                {
                    edit.Stage = EditStage.Applied;
                    _patch.Drop(edit);
                    return;
                }
            }
        }

        /// <summary>A batch that an edit of ours made over a connection that was lost.</summary>
        public void TakeFormer(Batch batch)
        {
            int found = _edits.FindIndex(
                edit => edit.Stage == EditStage.Unsure && _same.AreSame(edit.Commands, batch.Commands));
            if (found < 0)
            {
                return;
            }
            PendingEdit accepted = _edits[found];
            foreach (PendingEdit edit in _edits.GetRange(0, found))
            {
                if (edit.Stage == EditStage.Unsure)
                {
                    Close(edit, Reply.Failed(Reply.Rejected, "The server rejected it before the connection was lost."));
                }
            }
            Close(accepted, Reply.Done(batch.Revision));
        }

        /// <summary>False where no such edit waits.</summary>
        public bool Answer(int id, Reply reply)
        {
            PendingEdit answered = _edits.Find(edit => edit.Id == id);
            if (answered != null)
            {
                Close(answered, reply);
            }
            return answered != null;
        }

        /// <summary>The connection is gone.</summary>
        public void Lose()
        {
            foreach (PendingEdit edit in _edits.ToArray())
            {
                if (edit.Stage == EditStage.Applied)
                {
                    Close(edit, Reply.Done(_patch.Revision));
                }
                else if (edit.Stage == EditStage.Sent)
                {
                    edit.Stage = EditStage.Unsure;
                }
            }
        }

        /// <summary>
        /// There is a new connection, and the patch is up to date. <paramref name="isWhole"/>: it came without the
        /// batches that led to it; <paramref name="isFormerThere"/>: the lost connection still stands at the server.
        /// </summary>
        public void Resume(bool isWhole, bool isFormerThere)
        {
            _isWhole = isWhole;
            _isDeciding = true;
            if (!isFormerThere || !_edits.Exists(edit => edit.Stage == EditStage.Unsure))
            {
                Decide();
            }
        }

        /// <summary>Nothing can come over the lost connection any more.</summary>
        public void Decide()
        {
            if (!_isDeciding)
            {
                return;
            }
            _isDeciding = false;
            foreach (PendingEdit edit in _edits.ToArray())
            {
                if (edit.Stage != EditStage.Unsure)
                {
                    continue;
                }
                if (!_isWhole)
                {
                    edit.Stage = EditStage.Waiting;
                }
                else if (_patch.HasBecome(edit))
                {
                    Close(edit, Reply.Done(_patch.Revision));
                }
                else
                {
                    Close(edit, Reply.Failed(Reply.Disconnected, "The edit was lost with the connection."));
                }
            }
            SendDue();
        }

        private void Close(PendingEdit edit, Reply reply)
        {
            _edits.Remove(edit);
            if (edit.Stage != EditStage.Applied)
            {
                _patch.Drop(edit);
            }
            _answers.Give(edit.Done, reply);
        }
    }
}
