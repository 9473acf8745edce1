namespace SynthVR.Protocol
{
    /// <summary>What a signal has passed through, in volts.</summary>
    public readonly struct VoltRange
    {
        /// <summary>From its ends in volts.</summary>
        public VoltRange(double lowest, double highest)
        {
            Lowest = lowest;
            Highest = highest;
        }

        /// <summary>Lowest voltage.</summary>
        public double Lowest { get; }

        /// <summary>Highest voltage.</summary>
        public double Highest { get; }

        /// <summary>Reads one. Throws ProtocolException.</summary>
        public static VoltRange Read(ref MessagePackReader reader)
        {
            reader.ReadArrayOf(2);
            return new VoltRange(reader.ReadNumber(), reader.ReadNumber());
        }

        /// <summary>Writes it.</summary>
        public void Write(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(2);
            writer.WriteNumber(Lowest);
            writer.WriteNumber(Highest);
        }
    }
}
