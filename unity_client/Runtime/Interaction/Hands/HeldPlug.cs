namespace SynthVR.Interaction
{
    /// <summary>A plug in a hand, or at the end of its ray.</summary>
    internal sealed class HeldPlug
    {
        private readonly RackScene _scene;
        private readonly IRackTouch _touch;
        private string _module; // where the hand took hold
        private string _jack;
        private bool _byRay;
        private float _distance;

        public HeldPlug(RackScene scene, IRackTouch touch)
        {
            _scene = scene;
            _touch = touch;
        }

        public CableGrip Grip { get; } = new CableGrip();

        /// <summary>
        /// From an occupied input the hand takes the cable off; from anywhere else it pulls a new one.
        /// </summary>
        public void Begin(int panel, HandAim aim, in HandFrame hand)
        {
            JackSpot jack = _scene.Jacks[_scene.JackOf(panel, aim.Control)];
            _module = jack.Module;
            _jack = jack.Jack;
            _byRay = !aim.IsNear;
            _distance = Vec3.Distance(hand.Aim.Position, jack.End.Position);
            int from = -1;
            string cable = null;
            if (jack.Side == JackSide.Input
                && _touch.TryCableIn(jack.Module, jack.Jack, out cable, out string module, out string output))
            {
                from = _scene.FindJack(module, output, JackSide.Output);
            }
            if (from >= 0)
            {
                Grip.Take(cable, jack, _scene.Jacks[from]);
            }
            else
            {
                Grip.Begin(jack);
            }
        }

        public HapticPulse Move(in HandFrame hand, float seconds)
        {
            int other = _scene.FindJack(Grip.Fixed.Module, Grip.Fixed.Jack, Grip.Fixed.Side);
            if (other < 0)
            {
                Grip.Cancel();
                return HapticPulse.Stop;
            }
            Grip.MoveFixed(_scene.Jacks[other].End);
            Vec3 tip = _byRay ? AtRay(hand, seconds) : hand.Tip;
            return Grip.Move(tip, _scene.Jacks, _scene.JackCount, _touch);
        }

        /// <summary>The hand opens; a tap is no cable.</summary>
        public void End(bool isTap)
        {
            bool isTapped = isTap && Grip.Target < 0;
            CableChange change = Grip.Release();
            if (isTapped)
            {
                _touch.TapJack(_module, _jack);
            }
            else if (!change.IsNothing)
            {
                _touch.Change(change);
            }
        }

        /// <summary>On the panel that the ray meets; in the air as far away as the last one was.</summary>
        private Vec3 AtRay(in HandFrame hand, float seconds)
        {
            if (!hand.IsTracked)
            {
                return hand.Tip;
            }
            var ray = new Ray3(hand.Aim);
            PanelHit hit = PanelPicking.Cast(ray, _scene.Panels, _scene.Count);
            _distance = hit.IsNone ? StickDistance.Next(_distance, hand.StickY, seconds) : hit.DistanceMm;
            return ray.At(_distance);
        }
    }
}
