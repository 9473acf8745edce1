using System;

namespace SynthVR.Interaction
{
    /// <summary>What a hand presses, whatever it is pressed with.</summary>
    [Flags]
    public enum HandButtons
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>Takes hold: a controller's trigger, or thumb and index finger.</summary>
        Select = 1,

        /// <summary>
        /// Fine while something is held, else the world: a controller's grip, or thumb and middle finger.
        /// </summary>
        Squeeze = 2,

        /// <summary>Back to the default: A or X.</summary>
        Reset = 4,

        /// <summary>Takes what is held out of the patch: B or Y.</summary>
        Remove = 8
    }
}
