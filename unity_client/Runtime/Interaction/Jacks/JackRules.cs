namespace SynthVR.Interaction
{
    /// <summary>
    /// Which jacks a cable may join: the server's rule. Any output goes to any input, a module's own included; what
    /// kind of signal flows is the musician's affair. No two cables join the same two jacks.
    /// </summary>
    public static class JackRules
    {
        /// <summary>
        /// How strongly a jack that a cable can go to glows in its kind's colour, 0–1; as in the browser.
        /// </summary>
        public const float PossibleGlow = 0.26f;

        /// <summary>The glow of the jack that the plug is drawn to.</summary>
        public const float TargetGlow = 0.75f;

        /// <summary>The glow of a jack that an empty hand is at.</summary>
        public const float TouchedGlow = 0.28f;

        /// <summary>How opaque the jacks are drawn that a cable in the hand cannot go to.</summary>
        public const float ImpossibleAlpha = 0.35f;

        /// <summary>
        /// Whether a cable with one end in <paramref name="fixedEnd"/> may be plugged into another jack. Where that is
        /// <paramref name="home"/>, from which it was pulled, it may go back.
        /// </summary>
        public static bool MayJoin(in JackSpot fixedEnd, in JackSpot other, in JackSpot home, IPatchedCables cables)
        {
            if (fixedEnd.Side == other.Side)
            {
                return false;
            }
            if (other.IsSameAs(home))
            {
                return true;
            }
            return fixedEnd.Side == JackSide.Output
                ? !cables.AreJoined(fixedEnd.Module, fixedEnd.Jack, other.Module, other.Jack)
                : !cables.AreJoined(other.Module, other.Jack, fixedEnd.Module, fixedEnd.Jack);
        }
    }
}
