using System;

namespace SynthVR.Client
{
    /// <summary>The highest and lowest voltage at an output lately: Up ≥ 0 ≥ Down.</summary>
    public readonly struct Level
    {
        internal Level(double up, double down)
        {
            Up = up;
            Down = down;
        }

        /// <summary>Volts, 0 or more.</summary>
        public double Up { get; }

        /// <summary>Volts, 0 or less.</summary>
        public double Down { get; }

        /// <summary>The larger of both, in volts.</summary>
        public double Peak => Math.Max(Up, -Down);

        internal Level After(double fall, double lowest, double highest)
        {
            return new Level(Math.Max(0, Math.Max(highest, Up * fall)), Math.Min(0, Math.Min(lowest, Down * fall)));
        }
    }
}
