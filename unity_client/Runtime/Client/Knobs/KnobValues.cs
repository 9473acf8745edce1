using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Where every knob stands as it is shown, and who holds it. Our own value wins while our hand is on the knob and
    /// 0.5 s after; then it glides to what others have made of it. Else a knob shows what somebody turns it to, or what
    /// the patch says, or its default. Main thread; allocates nothing for a knob that was turned before.
    /// </summary>
    public sealed class KnobValues
    {
        private const double GlideSeconds = 0.05; // to 1/e of the way
        private const double Arrived = 1e-3; // of the knob's range

        private readonly PatchState _patch;
        private readonly Func<string, ModuleInfo> _info;
        private readonly Handlers<KnobId> _changed;
        private readonly LiveKnobs _knobs = new LiveKnobs();
        private double _now;

        /// <summary><paramref name="info"/> finds the catalogue's entry of a type, or null.</summary>
        internal KnobValues(PatchState patch, Func<string, ModuleInfo> info, LogOnce log)
        {
            _patch = patch;
            _info = info;
            _changed = new Handlers<KnobId>("KnobValues.Changed", log);
            patch.KnobSet += ShowPatch;
            patch.ModuleRemoved += _knobs.Forget;
        }

        /// <summary>A knob shows another value, or somebody else holds it. Raised from Pump.</summary>
        public event Action<KnobId> Changed
        {
            add { _changed.Add(value); }
            remove { _changed.Remove(value); }
        }

        /// <summary>What a knob shows, in its own unit; 0 where there is no such knob.</summary>
        public double Value(KnobId knob)
        {
            LiveKnob live = _knobs.Find(knob);
            return live != null && live.IsLive ? live.Shown : Settled(knob);
        }

        /// <summary>Id of the client that holds a knob; null where nobody does.</summary>
        public string Holder(KnobId knob) => _knobs.Find(knob)?.Holder;

        /// <summary>What the patch says, else the knob's default.</summary>
        internal double Settled(KnobId knob)
        {
            PlacedModule module;
            if (!_patch.Modules.TryGetValue(knob.Module, out module))
            {
                return 0;
            }
            double value;
            return module.Knobs.TryGetValue(knob.Knob, out value)
                ? value
                : Catalogue.Knob(_info(module.Type), knob.Knob)?.Default ?? 0;
        }

        /// <summary>Our own hand is on the knob and turns it.</summary>
        internal void Turn(KnobId knob, double value)
        {
            LiveKnob live = _knobs.Get(knob);
            live.OursUntil = double.PositiveInfinity;
            Show(live, value);
        }

        /// <summary>Our hand has let go.</summary>
        internal void LetGo(KnobId knob, double now)
        {
            LiveKnob live = _knobs.Get(knob);
            if (live.IsLive)
            {
                live.OursUntil = now + Limits.HoldAfterRelease;
                _knobs.Move(live);
            }
        }

        /// <summary>Our turn did not count: somebody else was faster.</summary>
        internal void Yield(KnobId knob)
        {
            LiveKnob live = _knobs.Get(knob);
            live.OursUntil = double.NegativeInfinity;
            _knobs.Move(live);
        }

        internal void Take(Turns turns)
        {
            for (int index = 0; index < turns.Knobs.Count; index++)
            {
                TurnedKnob turned = turns.Knobs[index];
                var id = new KnobId(turned.Module, turned.Knob);
                if (!IsThere(id))
                {
                    continue;
                }
                LiveKnob live = _knobs.Get(id);
                live.Remote = turned.Value;
                live.Holder = turned.Client;
                if (live.OursUntil < _now && !live.IsMoving)
                {
                    Show(live, turned.Value);
                }
            }
        }

        internal void Take(Hold hold)
        {
            var id = new KnobId(hold.Module, hold.Knob);
            if (!IsThere(id))
            {
                return;
            }
            LiveKnob live = _knobs.Get(id);
            live.Holder = hold.Client;
            if (hold.Client == null)
            {
                Settle(live);
            }
            _changed.Raise(live.Id);
        }

        /// <summary>What a batch has set counts more than what was turned before it.</summary>
        internal void Take(Batch batch)
        {
            for (int index = 0; index < batch.Commands.Count; index++)
            {
                if (batch.Commands[index].Type != CommandType.SetKnob)
                {
                    continue;
                }
                var set = (SetKnob)batch.Commands[index];
                LiveKnob live = _knobs.Find(new KnobId(set.Module, set.Knob));
                if (live != null)
                {
                    Settle(live);
                }
            }
        }

        /// <summary>Somebody has gone, and holds nothing any more.</summary>
        internal void Left(string client)
        {
            for (int index = 0; index < _knobs.All.Count; index++)
            {
                LiveKnob live = _knobs.All[index];
                if (live.Holder == client)
                {
                    live.Holder = null;
                    _changed.Raise(live.Id);
                }
            }
        }

        /// <summary>The connection is gone: nobody else turns or holds anything until the server says so.</summary>
        internal void Disconnected()
        {
            for (int index = 0; index < _knobs.All.Count; index++)
            {
                LiveKnob live = _knobs.All[index];
                bool wasHeld = live.Holder != null;
                live.Holder = null;
                Settle(live);
                if (wasHeld)
                {
                    _changed.Raise(live.Id);
                }
            }
        }

        /// <summary>Lets knobs glide. Once a frame.</summary>
        internal void Advance(double now)
        {
            double share = 1 - Math.Exp(-Math.Max(0, now - _now) / GlideSeconds);
            _now = now;
            for (int index = _knobs.Moving.Count - 1; index >= 0; index--)
            {
                LiveKnob live = _knobs.Moving[index];
                if (live.OursUntil < now && Glide(live, share))
                {
                    _knobs.Rest(live);
                }
            }
        }

        /// <summary>True at the end of the way.</summary>
        private bool Glide(LiveKnob live, double share)
        {
            bool isTurned = !double.IsNaN(live.Remote);
            double target = isTurned ? live.Remote : Settled(live.Id);
            double left = target - live.Shown;
            if (Math.Abs(left) > Arrived * Range(live.Id))
            {
                Show(live, live.Shown + share * left);
                return false;
            }
            Show(live, target);
            live.IsLive = isTurned;
            return true;
        }

        /// <summary>Whether the patch has its module, and that has such a knob.</summary>
        private bool IsThere(KnobId knob)
        {
            PlacedModule module;
            return _patch.Modules.TryGetValue(knob.Module, out module)
                && (module.Knobs.ContainsKey(knob.Knob) || Catalogue.Knob(_info(module.Type), knob.Knob) != null);
        }

        private double Range(KnobId knob)
        {
            PlacedModule module;
            KnobInfo info = _patch.Modules.TryGetValue(knob.Module, out module)
                ? Catalogue.Knob(_info(module.Type), knob.Knob)
                : null;
            return info == null ? 1 : info.Maximum - info.Minimum;
        }

        private void Settle(LiveKnob live)
        {
            live.Remote = double.NaN;
            if (live.IsLive && live.OursUntil < _now)
            {
                _knobs.Move(live);
            }
        }

        private void Show(LiveKnob live, double value)
        {
            bool isOther = !live.IsLive || live.Shown != value;
            live.IsLive = true;
            live.Shown = value;
            if (isOther)
            {
                _changed.Raise(live.Id);
            }
        }

        private void ShowPatch(KnobId knob)
        {
            LiveKnob live = _knobs.Find(knob);
            if (live == null || !live.IsLive)
            {
                _changed.Raise(knob);
            }
        }
    }
}
