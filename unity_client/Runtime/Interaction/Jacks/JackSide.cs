namespace SynthVR.Interaction
{
    /// <summary>Which way a jack goes: cables run from an output to an input.</summary>
    public enum JackSide
    {
        /// <summary>Takes any number of cables and sums them.</summary>
        Input,

        /// <summary>Feeds any number of cables.</summary>
        Output
    }
}
