namespace SynthVR.Interaction
{
    /// <summary>A pulse for the controller in the hand; <c>default</c> is none.</summary>
    public readonly struct HapticPulse
    {
        /// <summary>Felt every 10° of a knob.</summary>
        public static readonly HapticPulse Tick = new HapticPulse(0.15f, 0.008f);

        /// <summary>Felt where a knob clicks: at a position of a switch, at zero, at the default.</summary>
        public static readonly HapticPulse Detent = new HapticPulse(0.5f, 0.015f);

        /// <summary>Felt on arriving at the end of the way.</summary>
        public static readonly HapticPulse Stop = new HapticPulse(0.35f, 0.03f);

        /// <summary>0 for none to 1 for as strong as the controller can.</summary>
        public readonly float Strength;

        public readonly float Seconds;

        public HapticPulse(float strength, float seconds)
        {
            Strength = strength;
            Seconds = seconds;
        }

        public bool IsNone => Strength <= 0f;
    }
}
