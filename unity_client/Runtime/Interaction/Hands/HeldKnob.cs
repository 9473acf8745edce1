using SynthVR.Protocol;

namespace SynthVR.Interaction
{
    /// <summary>A knob in a hand: what the grip makes of it goes to the patch, each value once.</summary>
    internal sealed class HeldKnob
    {
        private readonly RackScene _scene;
        private readonly IRackTouch _touch;
        private KnobRange _range;
        private ControlKind _kind;
        private string _module;
        private string _knob;
        private double _begun;
        private double _sent;

        public HeldKnob(RackScene scene, IRackTouch touch)
        {
            _scene = scene;
            _touch = touch;
        }

        public KnobGrip Grip { get; } = new KnobGrip();

        public bool IsHeld => _knob != null;

        /// <summary>False where somebody else holds it.</summary>
        public bool Begin(int panel, HandAim aim, in HandFrame hand)
        {
            PanelLayout layout = _scene.LayoutOf(panel);
            PlacedControl control = layout.Controls[aim.Control];
            string module = _scene.IdOf(panel);
            if (!_touch.Grab(module, control.Id))
            {
                return false;
            }
            _module = module;
            _knob = control.Id;
            _kind = control.Kind;
            _range = KnobRange.Of(layout.Info.Knobs[control.Index]);
            _begun = _sent = _touch.Value(module, control.Id);
            Grip.Begin(_range, _begun, _scene.ControlPose(panel, aim.Control), hand.Grip, !aim.IsNear);
            return true;
        }

        public HapticPulse Move(in HandFrame hand, bool resets, float seconds)
        {
            int panel = _scene.Find(_module);
            int control = panel < 0 ? -1 : _scene.LayoutOf(panel).Find(_knob);
            if (control < 0 || !_touch.Holds(_module, _knob))
            {
                Forget(); // slipped off
                return HapticPulse.Stop;
            }
            bool isFine = hand.Has(HandButtons.Squeeze);
            HapticPulse pulse = Grip.Move(_scene.ControlPose(panel, control), hand.Grip, isFine, seconds);
            HapticPulse nudge = Grip.Nudge(hand.StickX, isFine, seconds);
            HapticPulse reset = resets ? Grip.Reset() : default(HapticPulse);
            if (_range.IsWorthSending(_sent, Grip.Value))
            {
                Turn(Grip.Value);
            }
            return !reset.IsNone ? reset : !nudge.IsNone ? nudge : pulse;
        }

        /// <summary>The hand opens; a tap that has turned nothing flips a switch.</summary>
        public void End(bool isTap)
        {
            if (!IsHeld)
            {
                return;
            }
            bool flips = isTap && _kind != ControlKind.Knob && Grip.Value == _begun;
            double value = flips ? SwitchFlip.Next(_range, _begun, false) : Grip.Value;
            if (value != _sent)
            {
                Turn(value);
            }
            Drop();
        }

        public void Drop()
        {
            if (IsHeld)
            {
                _touch.Release(_module, _knob);
                Forget();
            }
        }

        private void Forget()
        {
            Grip.End();
            _knob = null;
        }

        private void Turn(double value)
        {
            _sent = value;
            _touch.Turn(_module, _knob, value);
        }
    }
}
