using System.Collections.Generic;

namespace SynthVR.Client
{
    /// <summary>
    /// The knobs that were turned or held since their module came. Main thread; made once for each knob, so that
    /// turning it again allocates nothing.
    /// </summary>
    internal sealed class LiveKnobs
    {
        private readonly Dictionary<KnobId, LiveKnob> _byId = new Dictionary<KnobId, LiveKnob>();
        private readonly List<LiveKnob> _all = new List<LiveKnob>(); // to walk over while handlers look up others
        private readonly List<LiveKnob> _moving = new List<LiveKnob>();

        public IReadOnlyList<LiveKnob> All => _all;

        /// <summary>Those that are looked at every frame.</summary>
        public IReadOnlyList<LiveKnob> Moving => _moving;

        /// <summary>Null where it was never turned.</summary>
        public LiveKnob Find(KnobId knob)
        {
            LiveKnob live;
            return _byId.TryGetValue(knob, out live) ? live : null;
        }

        public LiveKnob Get(KnobId knob)
        {
            LiveKnob live = Find(knob);
            if (live == null)
            {
                _byId[knob] = live = new LiveKnob(knob);
                _all.Add(live);
            }
            return live;
        }

        public void Move(LiveKnob live)
        {
            if (!live.IsMoving && live.IsLive)
            {
                live.IsMoving = true;
                _moving.Add(live);
            }
        }

        public void Rest(LiveKnob live)
        {
            live.IsMoving = false;
            _moving.Remove(live);
        }

        public void Forget(string module)
        {
            for (int index = _all.Count - 1; index >= 0; index--)
            {
                LiveKnob live = _all[index];
                if (live.Id.Module == module)
                {
                    _all.RemoveAt(index);
                    _moving.Remove(live);
                    _byId.Remove(live.Id);
                }
            }
        }
    }
}
