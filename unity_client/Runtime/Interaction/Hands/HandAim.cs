namespace SynthVR.Interaction
{
    /// <summary>
    /// What a free hand is at: the control that it touches, or that its ray meets. One per hand; allocates nothing.
    /// </summary>
    public sealed class HandAim
    {
        /// <summary>A fingertip this far beside a control still has it, mm of the room.</summary>
        private const float TouchReachMm = 10f;

        /// <summary>
        /// A ray trembles: beside a control by this much, mm of the room at 1 m; more when further away.
        /// </summary>
        private const float RayReachMm = 8f;

        private readonly HandReach _reach = new HandReach();

        /// <summary>The panel and the place on it, mm of the room.</summary>
        public PanelHit Hit { get; private set; } = PanelHit.None;

        /// <summary>The control on that panel; −1 for none.</summary>
        public int Control { get; private set; } = -1;

        /// <summary>Whether the hand itself is there; else its ray.</summary>
        public bool IsNear => _reach.IsNear;

        /// <summary>Looks with the hand of this frame.</summary>
        public void Look(in HandFrame hand, RackScene scene)
        {
            Forget();
            PanelHit touched = PanelPicking.Touch(hand.Tip, scene.Panels, scene.Count);
            bool isNear = _reach.Choose(touched.DistanceMm, false);
            Hit = isNear ? touched : PanelPicking.Cast(new Ray3(hand.Aim), scene.Panels, scene.Count);
            if (!Hit.IsNone && Hit.IsFace)
            {
                float reach = isNear ? TouchReachMm : RayReachMm * System.Math.Max(1f, Hit.DistanceMm / 1000f);
                float scale = scene.Placement.Scale;
                Control = scene.LayoutOf(Hit.Index).ControlAt(Hit.X / scale, Hit.Y / scale, reach / scale);
            }
        }

        /// <summary>The hand is at nothing: something else is in the way.</summary>
        public void Forget()
        {
            Hit = PanelHit.None;
            Control = -1;
        }
    }
}
