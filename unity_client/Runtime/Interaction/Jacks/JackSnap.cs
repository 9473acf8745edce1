using System;

namespace SynthVR.Interaction
{
    /// <summary>How jacks draw a plug to them. Distances in mm, in the space in which hands are.</summary>
    public static class JackSnap
    {
        /// <summary>From this distance on a jack draws the plug.</summary>
        public const float ReachMm = 35f;

        /// <summary>At this distance the plug sits in it.</summary>
        public const float SeatMm = 12f;

        /// <summary>A jack that has the plug lets it go only this much further away.</summary>
        private const float HoldMm = 10f;

        /// <summary>Another jack must be nearer by this much to take it over: panels have one every 14 mm.</summary>
        private const float TakeOverMm = 4f;

        /// <summary>
        /// How far a plug is drawn from the hand, 0, to the jack, 1: gently at first, and without a jump where it
        /// begins and where it sits.
        /// </summary>
        public static float Pull(float distanceMm)
        {
            float share = (ReachMm - distanceMm) / (ReachMm - SeatMm);
            float held = Math.Min(1f, Math.Max(0f, share));
            return held * held * (3f - 2f * held);
        }

        /// <summary>
        /// The jack that a plug at <paramref name="tip"/> goes to, as its index in <paramref name="jacks"/>; −1 for
        /// none.
        /// </summary>
        /// <param name="tip">Where the hand has the plug.</param>
        /// <param name="fixedEnd">The jack at the cable's other end.</param>
        /// <param name="home">The jack it was pulled from; <c>default</c> for a new cable.</param>
        /// <param name="jacks">The jacks of the patch.</param>
        /// <param name="count">How many of them, from the first.</param>
        /// <param name="before">The jack of the frame before; −1 for none.</param>
        /// <param name="cables">The cables of the patch.</param>
        public static int Nearest(
            in Vec3 tip,
            in JackSpot fixedEnd,
            in JackSpot home,
            JackSpot[] jacks,
            int count,
            int before,
            IPatchedCables cables)
        {
            int nearest = -1;
            float least = ReachMm;
            if (before >= 0 && before < count && JackRules.MayJoin(fixedEnd, jacks[before], home, cables))
            {
                float away = Vec3.Distance(tip, jacks[before].End.Position);
                if (away < ReachMm + HoldMm)
                {
                    nearest = before;
                    least = Math.Min(ReachMm, away - TakeOverMm);
                }
            }
            for (int index = 0; index < count; index++)
            {
                float away = Vec3.Distance(tip, jacks[index].End.Position);
                if (away < least && index != before && JackRules.MayJoin(fixedEnd, jacks[index], home, cables))
                {
                    nearest = index;
                    least = away;
                }
            }
            return nearest;
        }
    }
}
