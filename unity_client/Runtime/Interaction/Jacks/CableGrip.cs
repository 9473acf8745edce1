namespace SynthVR.Interaction
{
    /// <summary>
    /// A hand that holds a plug. Jacks draw it to them; the patch is changed only when the hand lets go. One per
    /// hand, used again for every cable; allocates nothing.
    /// </summary>
    /// <remarks>All places are in mm in one space: the player's room, so that a scaled rack draws no further.</remarks>
    public sealed class CableGrip
    {
        private JackSpot _fixed;
        private JackSpot _home;
        private string _taken;
        private JackSpot _target;
        private int _index = -1;

        /// <summary>Whether the hand holds a plug.</summary>
        public bool IsHeld { get; private set; }

        /// <summary>The end that is plugged in.</summary>
        public JackSpot Fixed => _fixed;

        /// <summary>
        /// Id of the cable in the patch that is in the hand: do not draw that one. Null for a new one.
        /// </summary>
        public string Taken => IsHeld ? _taken : null;

        /// <summary>
        /// The jack that would be plugged if the hand let go now, as an index into the jacks given; −1: none.
        /// </summary>
        public int Target => _index;

        /// <summary>Where to draw the loose end: at the hand, or on its way into a jack.</summary>
        public CableEnd Loose { get; private set; }

        /// <summary>Pulls a new cable out of a jack.</summary>
        public void Begin(in JackSpot jack) => Hold(jack, default(JackSpot), null);

        /// <summary>
        /// Pulls a cable's plug out of the jack <paramref name="from"/> (an input: outputs stack, and give new cables).
        /// </summary>
        /// <param name="cable">Id of the cable.</param>
        /// <param name="from">The jack it is pulled out of.</param>
        /// <param name="other">The jack at its other end.</param>
        public void Take(string cable, in JackSpot from, in JackSpot other) => Hold(other, from, cable);

        /// <summary>
        /// The hand of this frame. Returns the pulse it feels when a jack takes the plug. A hand that is lost (not
        /// finite) stays where it was.
        /// </summary>
        public HapticPulse Move(in Vec3 tip, JackSpot[] jacks, int count, IPatchedCables cables)
        {
            if (!IsHeld || !tip.IsFinite)
            {
                return default(HapticPulse);
            }
            int before = Recognised(jacks, count);
            _index = JackSnap.Nearest(tip, _fixed, _home, jacks, count, before, cables);
            if (_index < 0)
            {
                Loose = new CableEnd(tip, Vec3.Zero);
                return default(HapticPulse);
            }
            _target = jacks[_index];
            CableEnd end = _target.End;
            float pull = JackSnap.Pull(Vec3.Distance(tip, end.Position));
            Loose = new CableEnd(Vec3.Between(tip, end.Position, pull), end.Out * pull);
            return _index == before ? default(HapticPulse) : HapticPulse.Detent;
        }

        /// <summary>The other end has moved with its module.</summary>
        public void MoveFixed(in CableEnd end) => _fixed = new JackSpot(_fixed.Module, _fixed.Jack, _fixed.Side, end);

        /// <summary>
        /// The hand lets go: what the patch shall become. In the air a new cable is gone and a taken one unplugged;
        /// back in its jack nothing has happened.
        /// </summary>
        public CableChange Release()
        {
            if (!IsHeld)
            {
                return default(CableChange);
            }
            IsHeld = false;
            bool plugs = _index >= 0;
            _index = -1;
            if (!plugs)
            {
                return CableChange.Drop(_taken);
            }
            bool isBack = _taken != null && _target.IsSameAs(_home);
            return isBack ? default(CableChange) : CableChange.Join(_taken, _fixed, _target);
        }

        /// <summary>Nothing is wanted any more: the module has been removed, or the connection is lost.</summary>
        public void Cancel()
        {
            IsHeld = false;
            _index = -1;
        }

        private void Hold(in JackSpot fixedEnd, in JackSpot home, string taken)
        {
            _fixed = fixedEnd;
            _home = home;
            _taken = taken;
            _index = -1;
            Loose = taken == null ? fixedEnd.End : home.End;
            IsHeld = true;
        }

        /// <summary>
        /// The target of the frame before in today's jacks, which may have come, gone or changed places.
        /// </summary>
        private int Recognised(JackSpot[] jacks, int count)
        {
            if (_index < 0 || (_index < count && jacks[_index].IsSameAs(_target)))
            {
                return _index;
            }
            for (int index = 0; index < count; index++)
            {
                if (jacks[index].IsSameAs(_target))
                {
                    return index;
                }
            }
            return -1;
        }
    }
}
