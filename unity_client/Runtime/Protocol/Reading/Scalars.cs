namespace SynthVR.Protocol
{
    /// <summary>How lists and maps read what is no message; made once, for making a delegate allocates.</summary>
    internal static class Scalars
    {
        public static readonly Reading<string> Text = (ref MessagePackReader reader) => reader.ReadText();

        public static readonly Reading<double> Number = (ref MessagePackReader reader) => reader.ReadNumber();
    }
}
