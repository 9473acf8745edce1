namespace SynthVR.Interaction
{
    /// <summary>What a hand finds on a panel.</summary>
    public enum ControlKind
    {
        /// <summary>A value that is turned.</summary>
        Knob,

        /// <summary>A knob with more than two named positions: tapped, or turned in steps.</summary>
        Switch,

        /// <summary>A knob with two named positions: tapped.</summary>
        Button,

        /// <summary>A jack that takes cables.</summary>
        Input,

        /// <summary>A jack that feeds cables.</summary>
        Output
    }
}
