namespace SynthVR.Interaction
{
    /// <summary>
    /// Whether two fingertips of a tracked hand are closed. It opens later than it closes, so that it does not flutter;
    /// a hand that is lost stays as it was. One per pair of fingers.
    /// </summary>
    public struct Pinch
    {
        /// <summary>Tips nearer than this, mm, close: skin touches, and tracking errs by some mm.</summary>
        public const float ClosesMm = 16f;

        /// <summary>Further than this, mm, they open.</summary>
        public const float OpensMm = 28f;

        /// <summary>Whether they are closed.</summary>
        public bool IsClosed { get; private set; }

        /// <summary>Takes the fingertips of this frame, mm; returns whether they are closed.</summary>
        public bool Move(in Vec3 one, in Vec3 other)
        {
            float apart = Vec3.Distance(one, other);
            if (Angles.IsFinite(apart))
            {
                IsClosed = apart < (IsClosed ? OpensMm : ClosesMm);
            }
            return IsClosed;
        }
    }
}
