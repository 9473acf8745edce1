using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A fingertip that pushes a button or taps a switch. It counts once per push, only from the front, and not for a
    /// finger that trembles at the edge. One per fingertip and button; allocates nothing.
    /// </summary>
    public sealed class ButtonPress
    {
        /// <summary>The finger must have been this high above the panel, mm, for a push to begin.</summary>
        private const float ReadyMm = 8f;

        /// <summary>At this height, mm, the button gives way.</summary>
        private const float PushMm = 3f;

        /// <summary>At this height, mm, it comes up again.</summary>
        private const float ReleaseMm = 5f;

        /// <summary>A finger deeper than this behind the panel, mm, has gone past it.</summary>
        private const float PastMm = -30f;

        private bool _isReady;

        /// <summary>Whether the button is down.</summary>
        public bool IsDown { get; private set; }

        /// <summary>
        /// The fingertip of this frame; true in the one frame in which the button gives way.
        /// </summary>
        /// <param name="button">Its centre on the face, turned as its panel is; mm.</param>
        /// <param name="fingertip">mm.</param>
        /// <param name="radiusMm">How far from the centre it can be pushed.</param>
        public bool Move(in Pose3 button, in Vec3 fingertip, float radiusMm)
        {
            Vec3 tip = button.ToLocal(fingertip);
            double aside = Math.Sqrt(tip.X * tip.X + tip.Y * tip.Y);
            float height = -tip.Z;
            if (!(aside <= radiusMm) || !(height > PastMm))
            {
                _isReady = IsDown = false;
                return false;
            }
            if (height > ReleaseMm)
            {
                _isReady |= height >= ReadyMm;
                IsDown = false;
                return false;
            }
            if (!_isReady || height > PushMm)
            {
                return false;
            }
            _isReady = false;
            IsDown = true;
            return true;
        }
    }
}
