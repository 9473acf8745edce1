namespace SynthVR.Client
{
    /// <summary>A knob that our hand is on, or has just let go of. Made once, and used again.</summary>
    internal sealed class HeldKnob
    {
        public HeldKnob(KnobId id)
        {
            Id = id;
        }

        public KnobId Id { get; }

        public bool IsHeld { get; set; }

        /// <summary>What it was turned to; NaN where it was only touched.</summary>
        public double Value { get; set; } = double.NaN;

        public bool IsUnsent { get; set; }

        /// <summary>
        /// When the hand let go, in local seconds; NaN once it is certain that the server has heard of it.
        /// </summary>
        public double ReleasedAt { get; set; } = double.NaN;
    }
}
