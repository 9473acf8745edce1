using System;

namespace SynthVR.Interaction
{
    /// <summary>A jack of a module in the patch, and where it is.</summary>
    public readonly struct JackSpot
    {
        /// <summary>Id of the module in the patch.</summary>
        public readonly string Module;

        /// <summary>Id of the jack within the module.</summary>
        public readonly string Jack;

        /// <summary>Which way it goes.</summary>
        public readonly JackSide Side;

        /// <summary>Its hole, and the way a plug sticks out of it; mm, in the space in which hands are.</summary>
        public readonly CableEnd End;

        /// <summary>A jack at a place.</summary>
        public JackSpot(string module, string jack, JackSide side, in CableEnd end)
        {
            Module = module;
            Jack = jack;
            Side = side;
            End = end;
        }

        /// <summary>Whether both are the same jack, wherever it is. An id may be an input's and an output's.</summary>
        public bool IsSameAs(in JackSpot other)
        {
            return Side == other.Side
                && string.Equals(Jack, other.Jack, StringComparison.Ordinal)
                && string.Equals(Module, other.Module, StringComparison.Ordinal);
        }
    }
}
