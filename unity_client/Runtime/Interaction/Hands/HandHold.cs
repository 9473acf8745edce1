namespace SynthVR.Interaction
{
    /// <summary>What a hand has hold of.</summary>
    public enum HandHold
    {
        /// <summary>It is free.</summary>
        Nothing,

        /// <summary>A knob, or a switch that is turned in steps.</summary>
        Knob,

        /// <summary>A plug.</summary>
        Cable,

        /// <summary>A module by its panel.</summary>
        Panel,

        /// <summary>The whole rack.</summary>
        World
    }
}
