namespace SynthVR.Interaction.Tests
{
    /// <summary>Two amplifiers side by side, 600 mm before the player, and a hand that points or touches.</summary>
    internal sealed class Room
    {
        internal const float Frame = 1f / 72f;

        internal Room()
        {
            PanelLayout layout = PanelLayout.Of(Modules.Vca());
            Scene.Put("left", layout, At(-40f));
            Scene.Put("right", layout, At(40f));
            Hand = new RackHand(Scene, Touch);
        }

        internal RackScene Scene { get; } = new RackScene();

        internal FakeTouch Touch { get; } = new FakeTouch();

        internal RackHand Hand { get; }

        internal static Pose3 At(float x) => new Pose3(new Vec3(x, 1300f, 600f), Quat.Identity);

        /// <summary>A hand whose ray meets a control; twisted by so many degrees.</summary>
        internal HandFrame Pointing(string module, string control, HandButtons buttons, float twist = 0f)
        {
            Vec3 place = PlaceOf(module, control);
            return PointingAt(place, buttons, twist);
        }

        internal static HandFrame PointingAt(Vec3 place, HandButtons buttons, float twist = 0f, float stickY = 0f)
        {
            var hand = new Vec3(place.X, place.Y, 0f);
            var grip = new Pose3(hand, Quat.About(Vec3.Away, twist));
            return new HandFrame(new Pose3(hand, Quat.Identity), grip, hand, buttons, 0f, stickY);
        }

        internal Vec3 PlaceOf(string module, string control)
        {
            int panel = Scene.Find(module);
            return Scene.ControlPose(panel, Scene.LayoutOf(panel).Find(control)).Position;
        }

        /// <summary>Where a panel has its title.</summary>
        internal Vec3 TitleOf(string module)
        {
            HungPanel panel = Scene.Panels[Scene.Find(module)];
            return panel.At(panel.Width / 2f, 4f);
        }

        internal void Do(in HandFrame hand, int frames = 1, string taken = null)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                Hand.Move(hand, false, taken, Frame);
            }
        }
    }
}
