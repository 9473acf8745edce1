using System;

namespace SynthVR.Interaction
{
    /// <summary>A pulse for the controller in the hand; <c>default</c> is none.</summary>
    public readonly struct HapticPulse : IEquatable<HapticPulse>
    {
        /// <summary>Felt every 10° of a knob.</summary>
        public static readonly HapticPulse Tick = new HapticPulse(0.15f, 0.008f);

        /// <summary>Felt where a knob clicks: at a position of a switch, at zero, at the default.</summary>
        public static readonly HapticPulse Detent = new HapticPulse(0.5f, 0.015f);

        /// <summary>Felt on arriving at the end of the way.</summary>
        public static readonly HapticPulse Stop = new HapticPulse(0.35f, 0.03f);

        /// <summary>0 for none to 1 for as strong as the controller can.</summary>
        public readonly float Strength;

        /// <summary>How long it lasts.</summary>
        public readonly float Seconds;

        /// <summary>A pulse of a strength (0–1) and a length in seconds.</summary>
        public HapticPulse(float strength, float seconds)
        {
            Strength = strength;
            Seconds = seconds;
        }

        /// <summary>Whether there is nothing to feel.</summary>
        public bool IsNone => Strength <= 0f;

        /// <inheritdoc/>
        public bool Equals(HapticPulse other) => Strength.Equals(other.Strength) && Seconds.Equals(other.Seconds);

        /// <inheritdoc/>
        public override bool Equals(object other) => other is HapticPulse pulse && Equals(pulse);

        /// <inheritdoc/>
        public override int GetHashCode() => Strength.GetHashCode() * 397 ^ Seconds.GetHashCode();
    }
}
