namespace SynthVR.Interaction
{
    /// <summary>A switch that is tapped and not turned: to its next position, and round.</summary>
    public static class SwitchFlip
    {
        /// <summary>
        /// The value after a tap; <paramref name="back"/> goes the other way. A knob without positions stays where it
        /// is.
        /// </summary>
        public static double Next(in KnobRange range, double value, bool back)
        {
            if (!range.IsSwitch)
            {
                return range.Held(value);
            }
            int count = range.Positions;
            return range.ValueOfPosition((range.PositionOf(value) + (back ? count - 1 : 1)) % count);
        }
    }
}
