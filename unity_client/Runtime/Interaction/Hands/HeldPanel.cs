namespace SynthVR.Interaction
{
    /// <summary>
    /// A module that a hand carries by its panel: shown where it is carried, moved when the hand opens.
    /// </summary>
    internal sealed class HeldPanel
    {
        private readonly PanelGrip _grip = new PanelGrip();
        private readonly RackScene _scene;
        private readonly IRackTouch _touch;
        private string _module;

        public HeldPanel(RackScene scene, IRackTouch touch)
        {
            _scene = scene;
            _touch = touch;
        }

        public void Begin(int panel, HandAim aim, in HandFrame hand)
        {
            _module = _scene.IdOf(panel);
            _grip.Begin(_scene, panel, hand, !aim.IsNear);
        }

        public void Move(in HandFrame hand, float seconds)
        {
            _grip.Move(_scene, _scene.Find(_module), hand, seconds);
            _scene.Move(_module, _grip.Pose);
        }

        /// <summary>The hand opens; a tap has not moved it.</summary>
        public void End(bool isTap)
        {
            if (isTap)
            {
                _touch.TapPanel(_module);
            }
            else
            {
                _touch.MoveModule(_module, _grip.Pose);
            }
        }

        public void PutBack() => _scene.Move(_module, _grip.Home);

        public void Remove() => _touch.RemoveModule(_module);
    }
}
