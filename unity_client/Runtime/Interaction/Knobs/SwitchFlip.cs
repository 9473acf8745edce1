namespace SynthVR.Interaction
{
    /// <summary>A switch that is tapped and not turned: to its next position, and round.</summary>
    public static class SwitchFlip
    {
        /// <summary>
        /// The value after a tap; <paramref name="back"/> goes the other way. A knob without positions stays where it is.
        /// </summary>
        public static double Next(in KnobScale scale, double value, bool back)
        {
            if (!scale.IsSwitch)
            {
                return scale.Held(value);
            }
            int count = scale.Positions;
            return scale.ValueOfPosition((scale.PositionOf(value) + (back ? count - 1 : 1)) % count);
        }
    }
}
