namespace SynthVR.Interaction
{
    /// <summary>A colour, each part 0–1, in sRGB.</summary>
    public readonly struct Rgb
    {
        public readonly float Red;
        public readonly float Green;
        public readonly float Blue;

        public Rgb(float red, float green, float blue)
        {
            Red = red;
            Green = green;
            Blue = blue;
        }

        /// <summary>A share of the way from one colour to another.</summary>
        public static Rgb Between(in Rgb from, in Rgb to, float share)
        {
            return new Rgb(
                from.Red + (to.Red - from.Red) * share,
                from.Green + (to.Green - from.Green) * share,
                from.Blue + (to.Blue - from.Blue) * share);
        }

        public override string ToString() => $"#{Byte(Red):x2}{Byte(Green):x2}{Byte(Blue):x2}";

        internal static Rgb OfBytes(int red, int green, int blue) => new Rgb(red / 255f, green / 255f, blue / 255f);

        private static int Byte(float part) => (int)(part * 255f + 0.5f);
    }
}
