namespace SynthVR.Interaction
{
    /// <summary>Where a hand or its ray meets a panel.</summary>
    public readonly struct PanelHit
    {
        /// <summary>No panel.</summary>
        public static readonly PanelHit None = new PanelHit(-1, float.PositiveInfinity, 0f, 0f, false);

        /// <summary>Which of the panels; −1 for none.</summary>
        public readonly int Index;

        /// <summary>From the hand, mm; infinite for none.</summary>
        public readonly float DistanceMm;

        /// <summary>mm from the panel's left edge.</summary>
        public readonly float X;

        /// <summary>mm down from the panel's upper edge.</summary>
        public readonly float Y;

        /// <summary>Whether it is the face: from behind, only the panel itself can be taken hold of.</summary>
        public readonly bool IsFace;

        internal PanelHit(int index, float distanceMm, float x, float y, bool isFace)
        {
            Index = index;
            DistanceMm = distanceMm;
            X = x;
            Y = y;
            IsFace = isFace;
        }

        /// <summary>Whether there is no panel.</summary>
        public bool IsNone => Index < 0;
    }
}
