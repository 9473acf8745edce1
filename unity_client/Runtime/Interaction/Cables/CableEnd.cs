namespace SynthVR.Interaction
{
    /// <summary>One end of a cable: in a jack, or in a hand.</summary>
    public readonly struct CableEnd
    {
        /// <summary>mm.</summary>
        public readonly Vec3 Position;

        /// <summary>The way the plug leads the cable out, one long; zero where nothing leads it.</summary>
        public readonly Vec3 Out;

        /// <summary>An end at a place, led out in a direction.</summary>
        public CableEnd(in Vec3 position, in Vec3 outward)
        {
            Position = position;
            Out = outward;
        }
    }
}
