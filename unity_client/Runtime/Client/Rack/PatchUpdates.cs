using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// What the server makes of the patch, and what that means for our own edits and knobs. Main thread.
    /// </summary>
    internal sealed class PatchUpdates
    {
        private readonly SessionIds _ids;
        private readonly RackClient _rack;
        private readonly EditBook _edits;
        private readonly Requests _requests;

        public PatchUpdates(SessionIds ids, RackClient rack, EditBook edits, Requests requests)
        {
            _ids = ids;
            _rack = rack;
            _edits = edits;
            _requests = requests;
        }

        /// <summary>
        /// Takes the patch of a welcome, or the batches that were missed, and settles what was unsure.
        /// </summary>
        public Divergence Take(Welcome welcome)
        {
            Divergence divergence = TakePatch(welcome);
            if (divergence == Divergence.None)
            {
                _edits.Resume(welcome.Patch != null, _ids.IsFormerThere);
                _requests.LoseAll();
                _rack.Patch.Raise();
                _rack.Hands.Reconnected();
            }
            return divergence;
        }

        public Divergence Take(Batch batch)
        {
            if (batch.Client == _ids.Self && batch.Cause == Cause.Edit)
            {
                _edits.TakeOwn(batch);
            }
            else if (_ids.IsFormer(batch.Client) && batch.Cause == Cause.Edit)
            {
                _edits.TakeFormer(batch);
            }
            else if (_ids.IsFormer(batch.Client))
            {
                _requests.Settle(batch.Cause, batch.Revision);
            }
            Divergence divergence = _rack.Patch.Take(batch);
            _rack.Hands.Take(batch);
            _rack.Knobs.Take(batch);
            return divergence;
        }

        public void Take(Left left)
        {
            if (_ids.Left(left.Client))
            {
                _edits.Decide();
            }
        }

        /// <summary>The connection is gone.</summary>
        public void Lose()
        {
            _edits.Lose();
            _requests.Lose();
        }

        /// <summary>An answer to an edit or another request; or its asker has given up.</summary>
        public void Answer(int id, Reply reply)
        {
            if (!_edits.Answer(id, reply))
            {
                _requests.Answer(id, reply);
            }
        }

        private Divergence TakePatch(Welcome welcome)
        {
            if (welcome.Patch != null)
            {
                return _rack.Patch.Load(welcome.Patch, welcome.Revision, welcome.Fingerprint);
            }
            foreach (Batch batch in welcome.Missed)
            {
                Divergence divergence = Take(batch);
                if (divergence != Divergence.None)
                {
                    return divergence;
                }
            }
            return _rack.Patch.Revision == welcome.Revision ? Divergence.None : Divergence.Gap;
        }
    }
}
