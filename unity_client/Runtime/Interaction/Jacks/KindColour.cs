using SynthVR.Protocol;

namespace SynthVR.Interaction
{
    /// <summary>
    /// The colour of a jack's ring and glow, by what usually flows there; the same as in the browser.
    /// </summary>
    public static class KindColour
    {
        private static readonly Rgb Audio = Rgb.OfBytes(0xf0, 0xb2, 0x5a);
        private static readonly Rgb Cv = Rgb.OfBytes(0x62, 0xbf, 0xe0);
        private static readonly Rgb Pitch = Rgb.OfBytes(0xa4, 0xd6, 0x5e);
        private static readonly Rgb Gate = Rgb.OfBytes(0xee, 0x7f, 0x6d);
        private static readonly Rgb Trigger = Rgb.OfBytes(0xdd, 0x90, 0xd8);

        /// <summary>A kind that a newer server knows looks like a control voltage.</summary>
        public static Rgb Of(Kind kind)
        {
            switch (kind)
            {
                case Kind.Audio:
                    return Audio;
                case Kind.Pitch:
                    return Pitch;
                case Kind.Gate:
                    return Gate;
                case Kind.Trigger:
                    return Trigger;
                default:
                    return Cv;
            }
        }
    }
}
