namespace SynthVR.Interaction
{
    /// <summary>What a hand that lets go of a plug wants of the patch; <c>default</c> is nothing.</summary>
    public readonly struct CableChange
    {
        /// <summary>Id of the cable to unplug first; null for none.</summary>
        public readonly string Unplug;

        /// <summary>Whether a cable is to be plugged, from <see cref="From"/> to <see cref="To"/>.</summary>
        public readonly bool Plugs;

        /// <summary>The output jack.</summary>
        public readonly JackSpot From;

        /// <summary>The input jack.</summary>
        public readonly JackSpot To;

        private CableChange(string unplug, bool plugs, in JackSpot from, in JackSpot to)
        {
            Unplug = unplug;
            Plugs = plugs;
            From = from;
            To = to;
        }

        /// <summary>Whether the patch stays as it is.</summary>
        public bool IsNothing => Unplug == null && !Plugs;

        internal static CableChange Drop(string cable)
        {
            return new CableChange(cable, false, default(JackSpot), default(JackSpot));
        }

        internal static CableChange Join(string unplug, in JackSpot one, in JackSpot other)
        {
            return one.Side == JackSide.Output
                ? new CableChange(unplug, true, one, other)
                : new CableChange(unplug, true, other, one);
        }
    }
}
