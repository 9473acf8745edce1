namespace SynthVR.Interaction
{
    /// <summary>
    /// One hand at a piano: which key it presses, and how hard it struck. Sliding over the keys plays one after the
    /// other. One per hand; allocates nothing.
    /// </summary>
    public sealed class KeyFinger
    {
        /// <summary>A stick this far aside changes the octave, once until it is back.</summary>
        private const float StickEdge = 0.7f;

        private const float StickRest = 0.3f;
        private const double RayVelocity = 0.7; // a ray has no speed of its own

        private float _height = float.NaN;
        private bool _isStickAside;

        /// <summary>Where the hand is.</summary>
        public BoardHand Hand { get; } = new BoardHand();

        /// <summary>The key that is down, counted from the left; −1 for none.</summary>
        public int Key { get; private set; } = -1;

        /// <summary>How hard it was struck, 0–1.</summary>
        public double Velocity { get; private set; }

        /// <summary>The note that sounds by this finger; −1 for none.</summary>
        public int Note { get; private set; } = -1;

        /// <summary>The key for which <see cref="Sound"/> was called last; −1 for none.</summary>
        public int Sounding { get; private set; } = -1;

        /// <summary>Remembers the note that the key plays which is down now; −1: none.</summary>
        public void Sound(int note)
        {
            Note = note;
            Sounding = Key;
        }

        /// <summary>
        /// The hand of this frame. Returns by how many octaves the keyboard shall shift.
        /// </summary>
        public int Move(in HandFrame hand, in HungPanel keys, float seconds)
        {
            Hand.Move(hand, keys, 1f);
            float height = hand.IsTracked ? keys.OnPanel(hand.Tip).Z : float.NaN;
            int key = Hand.IsDown ? Piano.KeyAt(Hand.X, Hand.Y) : -1;
            if (key >= 0 && key != Key)
            {
                bool isTouch = Hand.DistanceMm <= 0f && seconds > 0f && Angles.IsFinite(_height);
                Velocity = isTouch ? Piano.VelocityOf((_height - height) / seconds) : RayVelocity;
            }
            Key = key;
            _height = height;
            return Octaves(hand.StickX);
        }

        private int Octaves(float stick)
        {
            float size = System.Math.Abs(stick);
            bool shifts = Hand.IsOver && size > StickEdge && !_isStickAside;
            _isStickAside = size > (_isStickAside ? StickRest : StickEdge);
            return shifts ? System.Math.Sign(stick) : 0;
        }
    }
}
