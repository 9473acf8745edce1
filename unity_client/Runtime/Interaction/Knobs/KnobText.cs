using System;
using SynthVR.Protocol;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A knob's value as people write it: "1.25 kHz", "20.0 ms", "−6.0 dB", or the name of a switch's position. Written
    /// into a buffer, for it changes every frame while a hand turns; allocates nothing.
    /// </summary>
    public static class KnobText
    {
        /// <summary>A buffer of this many characters takes any value; longer units and names are cut.</summary>
        public const int MostCharacters = 64;

        /// <summary>Writes a value of a knob; returns how many characters it takes.</summary>
        public static int Write(KnobInfo knob, double value, char[] buffer)
        {
            if (knob.Choices.Count == 0)
            {
                return Write(value, knob.Unit, buffer);
            }
            double position = Math.Floor(value + 0.5);
            return position >= 0.0 && position < knob.Choices.Count
                ? Append(knob.Choices[(int)position], buffer, 0)
                : Number(value, buffer);
        }

        /// <summary>
        /// Writes a value with its unit in three significant digits; returns how many characters it takes.
        /// </summary>
        public static int Write(double value, string unit, char[] buffer)
        {
            double size = Math.Abs(value);
            string prefix = Prefix(size, unit);
            double factor = prefix == "k" ? 1e-3 : prefix == "m" ? 1e3 : prefix == "µ" ? 1e6 : 1.0;
            int count = Number(value * factor, buffer);
            if (unit.Length > 0)
            {
                count = Append(" ", buffer, count);
                count = Append(prefix, buffer, count);
                count = Append(unit, buffer, count);
            }
            return count;
        }

        private static string Prefix(double size, string unit)
        {
            if (size >= 999.5 && (unit == "Hz" || unit == "s" || unit == "V"))
            {
                return "k";
            }
            if (unit != "s" || size.Equals(0.0) || size >= 0.9995)
            {
                return "";
            }
            return size < 0.0009995 ? "µ" : "m";
        }

        private static int Number(double value, char[] buffer)
        {
            double size = Math.Abs(value);
            if (!(size < 1e15))
            {
                return Append("–", buffer, 0); // not finite, or no value that a knob has
            }
            int places = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
            var digits = (long)Math.Floor(size * (places == 2 ? 100.0 : places == 1 ? 10.0 : 1.0) + 0.5);
            int count = value < 0.0 && digits > 0 ? Append("−", buffer, 0) : 0;
            long unit = places == 2 ? 100 : places == 1 ? 10 : 1;
            count = Whole(digits / unit, buffer, count);
            if (places > 0)
            {
                count = Append(".", buffer, count);
                for (long digit = unit / 10; digit > 0; digit /= 10)
                {
                    count = Put((char)('0' + digits / digit % 10), buffer, count);
                }
            }
            return count;
        }

        private static int Whole(long number, char[] buffer, int count)
        {
            long unit = 1;
            while (number / unit >= 10)
            {
                unit *= 10;
            }
            for (; unit > 0; unit /= 10)
            {
                count = Put((char)('0' + number / unit % 10), buffer, count);
            }
            return count;
        }

        private static int Append(string text, char[] buffer, int count)
        {
            for (int index = 0; index < text.Length; index++)
            {
                count = Put(text[index], buffer, count);
            }
            return count;
        }

        private static int Put(char character, char[] buffer, int count)
        {
            if (count >= buffer.Length)
            {
                return count;
            }
            buffer[count] = character;
            return count + 1;
        }
    }
}
