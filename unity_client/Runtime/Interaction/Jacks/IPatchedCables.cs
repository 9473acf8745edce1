namespace SynthVR.Interaction
{
    /// <summary>
    /// What a hand must know of the cables in the patch. Asked in a frame: answer without allocating.
    /// </summary>
    public interface IPatchedCables
    {
        /// <summary>Whether a cable runs from this output to this input.</summary>
        bool AreJoined(string fromModule, string fromJack, string toModule, string toJack);
    }
}
