namespace SynthVR.Interaction
{
    /// <summary>A colour, each part 0–1, in sRGB.</summary>
    public readonly struct Rgb
    {
        /// <summary>0–1.</summary>
        public readonly float Red;

        /// <summary>0–1.</summary>
        public readonly float Green;

        /// <summary>0–1.</summary>
        public readonly float Blue;

        /// <summary>From its parts, each 0–1.</summary>
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

        /// <summary>
        /// Reads a CSS colour of the form #rrggbb or #rgb: what a cable's jacket has. Others are not known.
        /// </summary>
        public static bool TryParse(string css, out Rgb colour)
        {
            colour = default(Rgb);
            if (css == null || (css.Length != 7 && css.Length != 4) || css[0] != '#')
            {
                return false;
            }
            int digits = css.Length == 7 ? 2 : 1;
            int red = Part(css, 1, digits);
            int green = Part(css, 1 + digits, digits);
            int blue = Part(css, 1 + 2 * digits, digits);
            colour = OfBytes(red, green, blue);
            return red >= 0 && green >= 0 && blue >= 0;
        }

        /// <summary>As #rrggbb.</summary>
        public override string ToString() => $"#{Byte(Red):x2}{Byte(Green):x2}{Byte(Blue):x2}";

        internal static Rgb OfBytes(int red, int green, int blue) => new Rgb(red / 255f, green / 255f, blue / 255f);

        /// <summary>One or two hexadecimal digits as a byte; negative where they are none.</summary>
        private static int Part(string css, int start, int digits)
        {
            int first = Digit(css[start]);
            int second = Digit(css[start + digits - 1]);
            return first < 0 || second < 0 ? -1 : first * 16 + second;
        }

        private static int Digit(char digit)
        {
            int letter = digit | 0x20;
            return digit >= '0' && digit <= '9' ? digit - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
        }

        private static int Byte(float part) => (int)(part * 255f + 0.5f);
    }
}
