namespace SynthVR.Interaction
{
    /// <summary>
    /// One hand at the rack, from frame to frame: it takes hold of what it is at, and what it does becomes changes of
    /// the patch. One per hand; allocates nothing.
    /// </summary>
    public sealed class RackHand
    {
        private readonly RackScene _scene;
        private readonly HeldKnob _knob;
        private readonly HeldPlug _plug;
        private readonly HeldPanel _panel;
        private HandButtons _before;
        private Tap _tap;

        /// <summary>A free hand.</summary>
        public RackHand(RackScene scene, IRackTouch touch)
        {
            _scene = scene;
            _knob = new HeldKnob(scene, touch);
            _plug = new HeldPlug(scene, touch);
            _panel = new HeldPanel(scene, touch);
        }

        /// <summary>What it has hold of.</summary>
        public HandHold Hold { get; private set; }

        /// <summary>What it is at while it is free, and what it took hold of.</summary>
        public HandAim Aim { get; } = new HandAim();

        /// <summary>The module that it has hold of; null for none.</summary>
        public string Module { get; private set; }

        /// <summary>The knob or jack that it has hold of; null for none.</summary>
        public string Control { get; private set; }

        /// <summary>The plug in the hand.</summary>
        public CableGrip Cable => _plug.Grip;

        /// <summary>The knob in the hand.</summary>
        public KnobGrip Knob => _knob.Grip;

        /// <summary>
        /// The hand of this frame, <paramref name="seconds"/> after the one before. Returns the pulse that it feels.
        /// </summary>
        /// <param name="hand">The hand.</param>
        /// <param name="isElsewhere">It is at something that is not the rack, and takes nothing here.</param>
        /// <param name="taken">The module that the other hand carries; null for none.</param>
        /// <param name="seconds">At least 0.</param>
        public HapticPulse Move(in HandFrame hand, bool isElsewhere, string taken, float seconds)
        {
            HapticPulse pulse = default(HapticPulse);
            if (Hold == HandHold.Nothing)
            {
                pulse = Free(hand, isElsewhere, taken);
            }
            else if (Hold == HandHold.World)
            {
                Hold = hand.Has(HandButtons.Squeeze) || !hand.IsTracked ? HandHold.World : HandHold.Nothing;
            }
            else if (_scene.Find(Module) < 0)
            {
                Drop(); // somebody else has taken the module away
            }
            else
            {
                pulse = Held(hand, seconds);
            }
            _before = hand.IsTracked ? hand.Buttons : _before;
            return pulse;
        }

        /// <summary>
        /// Lets go of everything, and changes nothing: the connection is lost, or the patch is another.
        /// </summary>
        public void Drop()
        {
            _knob.Drop();
            _plug.Grip.Cancel();
            if (Hold == HandHold.Panel)
            {
                _panel.PutBack();
            }
            Free();
        }

        private HapticPulse Free(in HandFrame hand, bool isElsewhere, string taken)
        {
            if (!hand.IsTracked || isElsewhere)
            {
                Aim.Forget();
                return default(HapticPulse);
            }
            Aim.Look(hand, _scene);
            if (Pressed(hand, HandButtons.Squeeze))
            {
                Hold = HandHold.World;
                Aim.Forget();
                return default(HapticPulse);
            }
            bool isFree = !Aim.Hit.IsNone && _scene.IdOf(Aim.Hit.Index) != taken;
            return isFree && Pressed(hand, HandButtons.Select) ? Take(hand) : default(HapticPulse);
        }

        private HapticPulse Take(in HandFrame hand)
        {
            int panel = Aim.Hit.Index;
            Module = _scene.IdOf(panel);
            _tap = new Tap(hand.Grip.Position);
            if (Aim.Control < 0)
            {
                _panel.Begin(panel, Aim, hand);
                Hold = HandHold.Panel;
                return HapticPulse.Tick;
            }
            PlacedControl control = _scene.LayoutOf(panel).Controls[Aim.Control];
            Control = control.Id;
            if (control.IsJack)
            {
                _plug.Begin(panel, Aim, hand);
                Hold = HandHold.Cable;
                return HapticPulse.Tick;
            }
            if (!_knob.Begin(panel, Aim, hand))
            {
                Free();
                return HapticPulse.Stop; // somebody else holds it
            }
            Hold = HandHold.Knob;
            return HapticPulse.Tick;
        }

        private HapticPulse Held(in HandFrame hand, float seconds)
        {
            _tap.Move(hand.Grip.Position, seconds);
            if (hand.IsTracked && !hand.Has(HandButtons.Select))
            {
                LetGo();
                return default(HapticPulse);
            }
            switch (Hold)
            {
                case HandHold.Knob:
                    HapticPulse pulse = _knob.Move(hand, Pressed(hand, HandButtons.Reset), seconds);
                    if (!_knob.IsHeld)
                    {
                        Free();
                    }
                    return pulse;
                case HandHold.Cable:
                    return _plug.Move(hand, seconds);
                default:
                    return Carry(hand, seconds);
            }
        }

        private HapticPulse Carry(in HandFrame hand, float seconds)
        {
            if (Pressed(hand, HandButtons.Remove))
            {
                Free();
                _panel.Remove();
                return HapticPulse.Stop;
            }
            if (!_tap.Is)
            {
                _panel.Move(hand, seconds);
            }
            return default(HapticPulse);
        }

        private void LetGo()
        {
            HandHold hold = Hold;
            Free();
            switch (hold)
            {
                case HandHold.Knob:
                    _knob.End(_tap.Is);
                    break;
                case HandHold.Cable:
                    _plug.End(_tap.Is);
                    break;
                default:
                    _panel.End(_tap.Is);
                    break;
            }
        }

        private void Free()
        {
            Hold = HandHold.Nothing;
            Module = null;
            Control = null;
        }

        private bool Pressed(in HandFrame hand, HandButtons button) => hand.Has(button) && (_before & button) == 0;
    }
}
