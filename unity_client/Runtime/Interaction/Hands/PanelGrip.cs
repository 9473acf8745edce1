namespace SynthVR.Interaction
{
    /// <summary>
    /// A hand that carries a panel: near, it goes with the hand; by ray it stays upright, and the thumbstick pushes it
    /// away. It snaps to its neighbours. One per hand; allocates nothing after it has seen all panels once.
    /// </summary>
    public sealed class PanelGrip
    {
        private Pose3 _offset; // in the hand's frame
        private Quat _level; // by ray: the panel's rotation without the hand's yaw
        private bool _byRay;
        private HungPanel[] _others = new HungPanel[16];

        /// <summary>The panel's pose if the hand let go now, in the patch's space.</summary>
        public Pose3 Pose { get; private set; }

        /// <summary>Where it hung when it was taken, in the patch's space.</summary>
        public Pose3 Home { get; private set; }

        /// <summary>Takes hold of a panel.</summary>
        public void Begin(RackScene scene, int panel, in HandFrame hand, bool byRay)
        {
            Pose3 pose = scene.Panels[panel].Pose;
            _byRay = byRay;
            _offset = (byRay ? hand.Aim : hand.Grip).ToLocal(pose);
            _level = Yaw(hand.Aim).Inverse * pose.Rotation;
            Pose = Home = scene.PatchPanels[panel].Pose;
        }

        /// <summary>The hand of this frame.</summary>
        public void Move(RackScene scene, int panel, in HandFrame hand, float seconds)
        {
            if (!hand.IsTracked)
            {
                return;
            }
            Pose3 wanted = _byRay ? AtRay(hand, seconds) : hand.Grip.ToSpace(_offset);
            HungPanel hung = scene.PatchPanels[panel];
            var carried = new HungPanel(scene.Placement.ToPatch(wanted), hung.Width, hung.Height);
            Pose = PanelSnap.Of(carried, _others, CollectOthers(scene, panel));
        }

        private Pose3 AtRay(in HandFrame hand, float seconds)
        {
            float distance = _offset.Position.Length;
            float next = StickDistance.Next(distance, hand.StickY, seconds);
            if (distance > 1f)
            {
                _offset = new Pose3(_offset.Position * (next / distance), _offset.Rotation);
            }
            return new Pose3(hand.Aim.ToSpace(_offset.Position), Yaw(hand.Aim) * _level);
        }

        /// <summary>The turn about the upright that a hand makes; a hand that points straight up makes none.</summary>
        private static Quat Yaw(in Pose3 hand)
        {
            Vec3 away = hand.Away;
            var level = new Vec3(away.X, 0f, away.Z);
            return level.Length < 1e-3f ? Quat.Identity : Quat.FromTo(Vec3.Away, level.Unit);
        }

        private int CollectOthers(RackScene scene, int panel)
        {
            if (_others.Length < scene.Count)
            {
                _others = new HungPanel[2 * scene.Count];
            }
            int count = 0;
            for (int index = 0; index < scene.Count; index++)
            {
                if (index != panel)
                {
                    _others[count++] = scene.PatchPanels[index];
                }
            }
            return count;
        }
    }
}
