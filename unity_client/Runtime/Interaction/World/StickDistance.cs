using System;

namespace SynthVR.Interaction
{
    /// <summary>A thumbstick that pushes away what a ray holds, or pulls it in.</summary>
    public static class StickDistance
    {
        /// <summary>No nearer than this.</summary>
        public const float NearestMm = 150f;

        /// <summary>No further than this.</summary>
        public const float FurthestMm = 8000f;

        private const float Rest = 0.15f; // sticks do not come back to exactly 0
        private const double DoublingsPerSecond = 2.0; // near things move slowly, far ones fast

        /// <summary>
        /// The distance in mm after <paramref name="seconds"/>; <paramref name="stick"/> is −1 (towards the player)
        /// to 1.
        /// </summary>
        public static float Next(float distanceMm, float stick, float seconds)
        {
            float past = Math.Abs(stick) - Rest;
            if (!(past > 0f) || !(seconds > 0f) || !Angles.IsFinite(distanceMm))
            {
                return distanceMm;
            }
            double push = Math.Min(1.0, past / (1.0 - Rest)) * Math.Sign(stick);
            double next = distanceMm * Math.Pow(2.0, DoublingsPerSecond * push * Math.Abs(push) * seconds);
            return (float)Math.Min(FurthestMm, Math.Max(NearestMm, next));
        }
    }
}
