namespace SynthVR.Interaction.Tests
{
    /// <summary>Knobs as the catalogue has them.</summary>
    internal static class Ranges
    {
        internal static readonly KnobRange Cutoff = new KnobRange(20, 20000, 1000, true, 0);
        internal static readonly KnobRange Width = new KnobRange(0, 1, 0.5, false, 0);
        internal static readonly KnobRange Amount = new KnobRange(-1, 1, 0, false, 0);
        internal static readonly KnobRange Level = new KnobRange(-60, 6, 0, false, 0);
        internal static readonly KnobRange Slope = new KnobRange(0, 2, 1, false, 3);
        internal static readonly KnobRange Mute = new KnobRange(0, 1, 0, false, 2);
        internal static readonly KnobRange Root = new KnobRange(0, 11, 0, false, 12);
    }
}
