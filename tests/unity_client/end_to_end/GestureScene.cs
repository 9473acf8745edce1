using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;

namespace SynthVR.EndToEnd
{
    /// <summary>A hand twists the filter's knob, the connection breaks under it, and the gesture goes on.</summary>
    internal static class GestureScene
    {
        private static readonly Vec3 OutOfPanel = new Vec3(0, 0, -1);

        /// <summary>Twists for about so many seconds.</summary>
        public static void Play(Player player, double seconds)
        {
            RackClient rack = player.Rack;
            player.Clear();
            player.Edit(new AddModule("filter", new PlacedModule("ladder")));
            var knob = new KnobId("filter", "cutoff");
            KnobRange range = KnobRange.Of(Catalogue.Knob(rack.Info("filter"), "cutoff"));
            var grip = new KnobGrip();
            Pose3 panel = Pose3.Identity;
            rack.Hands.Grab(knob);
            grip.Begin(range, rack.Knobs.Value(knob), panel, Hand(0));
            int frames = (int)(seconds / Player.FrameSeconds);
            for (int frame = 1; frame <= frames; frame++)
            {
                grip.Move(panel, Hand(60f * frame / frames), false, (float)Player.FrameSeconds);
                rack.Hands.Turn(knob, grip.Value);
                player.Frame();
                if (frame == frames / 2)
                {
                    player.Tell("cut_at", rack.Knobs.Value(knob));
                    player.Socket.Cut();
                }
            }
            player.Until("way back", () => rack.Connection.State == ConnectionState.Open);
            player.Tell("resumed", rack.Server.IsResumed);
            player.Tell("still_held", rack.Hands.IsHeld(knob));
            rack.Hands.Release(knob);
            player.Tell("turned_to", grip.Value);
            player.For(1);
            player.Until("confirmation", () => rack.Patch.IsConfirmed);
            player.Tell("patch_says", rack.Patch.Modules["filter"].Knobs["cutoff"]);
            player.Tell("shown", rack.Knobs.Value(knob));
        }

        private static Pose3 Hand(float degrees)
        {
            return new Pose3(new Vec3(0, 0, -20), Quat.About(OutOfPanel, degrees));
        }
    }
}
