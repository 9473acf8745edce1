namespace SynthVR.Interaction
{
    /// <summary>
    /// Whether a hand takes what it touches or what its ray points at. It does not change its mind while it grips, nor
    /// to and fro at the edge. One per hand.
    /// </summary>
    public sealed class HandReach
    {
        /// <summary>Nearer than this to a panel's face, mm of the room, the hand itself takes hold.</summary>
        public const float NearMm = 120f;

        /// <summary>Further than this the ray comes out again.</summary>
        public const float FarMm = 160f;

        /// <summary>Whether the hand itself takes hold; else its ray does.</summary>
        public bool IsNear { get; private set; }

        /// <summary>
        /// Takes the distance in mm to the nearest panel (infinite where there is none, NaN for a hand that is lost),
        /// and whether the hand grips something.
        /// </summary>
        public bool Choose(float nearestMm, bool grips)
        {
            if (!grips && !float.IsNaN(nearestMm))
            {
                IsNear = nearestMm < (IsNear ? FarMm : NearMm);
            }
            return IsNear;
        }
    }
}
