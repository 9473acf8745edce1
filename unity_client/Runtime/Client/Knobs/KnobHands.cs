using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Our own hands on knobs: grab, turn, release. Of many turns in a frame only the newest is sent. A hand that stays
    /// on its knob through a lost connection still holds it afterwards; a value that may have got lost is sent again.
    /// Main thread; allocates nothing for a knob that was held before.
    /// </summary>
    public sealed class KnobHands
    {
        private readonly Wire _wire;
        private readonly KnobValues _values;
        private readonly ITimeSource _time;
        private readonly Action<SetKnob> _edit;
        private readonly Func<string, bool> _isSelf;
        private readonly Handlers<KnobId> _lost;
        private readonly Dictionary<KnobId, HeldKnob> _known = new Dictionary<KnobId, HeldKnob>();
        private readonly List<HeldKnob> _active = new List<HeldKnob>(); // held, or not certainly heard of

        /// <summary>
        /// <paramref name="edit"/> makes an edit of what could not be turned; <paramref name="isSelf"/> tells whether a
        /// client's id is ours or was ours in this session.
        /// </summary>
        internal KnobHands(
            Wire wire, KnobValues values, ITimeSource time, Action<SetKnob> edit, Func<string, bool> isSelf,
            LogOnce log)
        {
            _wire = wire;
            _values = values;
            _time = time;
            _edit = edit;
            _isSelf = isSelf;
            _lost = new Handlers<KnobId>("KnobHands.Lost", log);
        }

        /// <summary>
        /// Our hand has slipped off: somebody else was faster, or the module is gone. Raised from Pump.
        /// </summary>
        public event Action<KnobId> Lost
        {
            add { _lost.Add(value); }
            remove { _lost.Remove(value); }
        }

        /// <summary>Whether our hand is on the knob.</summary>
        public bool IsHeld(KnobId knob)
        {
            HeldKnob held;
            return _known.TryGetValue(knob, out held) && held.IsHeld;
        }

        /// <summary>Takes hold of a knob. False where somebody else holds it.</summary>
        public bool Grab(KnobId knob)
        {
            string holder = _values.Holder(knob);
            if (holder != null && !_isSelf(holder))
            {
                return false;
            }
            HeldKnob held = Known(knob);
            if (!held.IsHeld)
            {
                held.IsHeld = true;
                held.IsUnsent = false;
                held.Value = double.NaN;
                held.ReleasedAt = double.NaN;
                Activate(held);
                _wire.Send(new Grab(knob.Module, knob.Knob));
            }
            return true;
        }

        /// <summary>
        /// Turns a knob that is held to a value in its own unit: shown at once, sent with the next flush. Does nothing
        /// for one that is not held.
        /// </summary>
        public void Turn(KnobId knob, double value)
        {
            HeldKnob held;
            if (!_known.TryGetValue(knob, out held) || !held.IsHeld || double.IsNaN(value) || value == held.Value)
            {
                return;
            }
            held.Value = value;
            held.IsUnsent = true;
            _values.Turn(knob, value);
        }

        /// <summary>Lets go of a knob: where it stands becomes part of the patch, and one step of undo.</summary>
        public void Release(KnobId knob)
        {
            HeldKnob held;
            if (!_known.TryGetValue(knob, out held) || !held.IsHeld)
            {
                return;
            }
            SendTurn(held);
            _wire.Send(new Release(knob.Module, knob.Knob));
            held.IsHeld = false;
            held.ReleasedAt = _time.Now;
            _values.LetGo(knob, held.ReleasedAt);
            if (double.IsNaN(held.Value))
            {
                Deactivate(held);
            }
        }

        /// <summary>Sends the newest values. Once a frame.</summary>
        internal void Flush()
        {
            for (int index = 0; index < _active.Count; index++)
            {
                SendTurn(_active[index]);
            }
        }

        /// <summary>The server has heard all that was sent before then.</summary>
        internal void HeardBefore(double time)
        {
            for (int index = _active.Count - 1; index >= 0; index--)
            {
                if (!_active[index].IsHeld && _active[index].ReleasedAt < time)
                {
                    Deactivate(_active[index]);
                }
            }
        }

        /// <summary>A welcome came: hands are still where they are, and what may have got lost is sent again.</summary>
        internal void Reconnected()
        {
            for (int index = _active.Count - 1; index >= 0; index--)
            {
                HeldKnob held = _active[index];
                if (held.IsHeld)
                {
                    GrabAgain(held);
                }
                else
                {
                    Deactivate(held);
                    if (_values.Settled(held.Id) != held.Value)
                    {
                        _edit(new SetKnob(held.Id.Module, held.Id.Knob, held.Value));
                    }
                }
            }
        }

        internal void Take(Hold hold)
        {
            HeldKnob held;
            if (!_known.TryGetValue(new KnobId(hold.Module, hold.Knob), out held) || !held.IsHeld)
            {
                return;
            }
            if (hold.Client == null)
            {
                GrabAgain(held); // held still for too long, or by the connection that was lost
            }
            else if (!_isSelf(hold.Client))
            {
                Lose(held);
            }
        }

        /// <summary>
        /// What has been set by a batch since a release is newer than what was released; but where a connection was
        /// lost, the server makes a batch of the last turn that it had heard of.
        /// </summary>
        internal void Take(Batch batch)
        {
            for (int index = 0; index < batch.Commands.Count; index++)
            {
                if (batch.Commands[index].Type != CommandType.SetKnob)
                {
                    continue;
                }
                var set = (SetKnob)batch.Commands[index];
                HeldKnob held;
                bool isKnown = _known.TryGetValue(new KnobId(set.Module, set.Knob), out held) && !held.IsHeld;
                bool isOlder = batch.Cause == Cause.Knob && _isSelf(batch.Client);
                if (isKnown && (!isOlder || set.Value == held.Value))
                {
                    Deactivate(held);
                }
            }
        }

        /// <summary>A module is gone, and with it what was held of it.</summary>
        internal void Forget(string module)
        {
            for (int index = _active.Count - 1; index >= 0; index--)
            {
                HeldKnob held = _active[index];
                if (held.Id.Module == module)
                {
                    bool wasHeld = held.IsHeld;
                    Deactivate(held);
                    if (wasHeld)
                    {
                        _lost.Raise(held.Id);
                    }
                }
            }
        }

        private void GrabAgain(HeldKnob held)
        {
            _wire.Send(new Grab(held.Id.Module, held.Id.Knob));
            held.IsUnsent = !double.IsNaN(held.Value);
        }

        private void Lose(HeldKnob held)
        {
            Deactivate(held);
            _values.Yield(held.Id);
            _lost.Raise(held.Id);
        }

        private void SendTurn(HeldKnob held)
        {
            if (held.IsUnsent && held.IsHeld && _wire.Send(new Turn(held.Id.Module, held.Id.Knob, held.Value)))
            {
                held.IsUnsent = false;
            }
        }

        private HeldKnob Known(KnobId knob)
        {
            HeldKnob held;
            if (!_known.TryGetValue(knob, out held))
            {
                _known[knob] = held = new HeldKnob(knob);
            }
            return held;
        }

        private void Activate(HeldKnob held)
        {
            if (!_active.Contains(held))
            {
                _active.Add(held);
            }
        }

        private void Deactivate(HeldKnob held)
        {
            held.IsHeld = false;
            held.IsUnsent = false;
            held.ReleasedAt = double.NaN;
            _active.Remove(held);
        }
    }
}
