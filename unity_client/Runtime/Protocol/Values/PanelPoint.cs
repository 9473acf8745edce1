namespace SynthVR.Protocol
{
    /// <summary>Where something sits on a panel, in mm from its top left corner.</summary>
    public readonly struct PanelPoint
    {
        /// <summary>From its distances in mm.</summary>
        public PanelPoint(double x, double y)
        {
            X = x;
            Y = y;
        }

        /// <summary>To the right, in mm.</summary>
        public double X { get; }

        /// <summary>Down, in mm.</summary>
        public double Y { get; }

        /// <summary>Reads one. Throws ProtocolException.</summary>
        public static PanelPoint Read(ref MessagePackReader reader)
        {
            reader.ReadArrayOf(2);
            return new PanelPoint(reader.ReadNumber(), reader.ReadNumber());
        }

        /// <summary>Writes it.</summary>
        public void Write(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(2);
            writer.WriteNumber(X);
            writer.WriteNumber(Y);
        }
    }
}
