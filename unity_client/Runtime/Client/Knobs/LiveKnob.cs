namespace SynthVR.Client
{
    /// <summary>
    /// A knob that is turned, or was: what it shows besides what the patch says. Made once, and used again.
    /// </summary>
    internal sealed class LiveKnob
    {
        public LiveKnob(KnobId id)
        {
            Id = id;
        }

        public KnobId Id { get; }

        /// <summary>Whether <see cref="Shown"/> counts, or the patch's value.</summary>
        public bool IsLive { get; set; }

        public double Shown { get; set; }

        /// <summary>What somebody else has turned it to since the patch last said; NaN where nobody has.</summary>
        public double Remote { get; set; } = double.NaN;

        /// <summary>Id of the client that holds it, or null.</summary>
        public string Holder { get; set; }

        /// <summary>Until when our own value wins, in local seconds: for ever while our hand is on it.</summary>
        public double OursUntil { get; set; } = double.NegativeInfinity;

        /// <summary>Whether it is among those that are looked at every frame.</summary>
        public bool IsMoving { get; set; }
    }
}
