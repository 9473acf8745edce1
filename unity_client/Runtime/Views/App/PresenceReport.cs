using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;

namespace SynthVR.Views
{
    /// <summary>Tells the others where our head and hands are, in the patch's space, and what they hold.</summary>
    internal sealed class PresenceReport
    {
        private readonly HeldNames _held = new HeldNames();
        private readonly RackClient _client;

        internal PresenceReport(RackClient client)
        {
            _client = client;
        }

        internal void Report(AppViews views)
        {
            _held.Look(views.Hands.Left, views.Hands.Right);
            RackPlacement rack = views.Scene.Placement;
            _client.Presence.Set(
                InPatch(rack, views.Input.Head),
                InPatch(rack, views.Input.Left.Grip),
                InPatch(rack, views.Input.Right.Grip),
                _held.Names);
        }

        /// <summary>Null for a hand that is not seen.</summary>
        private static RackPose? InPatch(in RackPlacement rack, in Pose3 room)
        {
            if (!room.IsFinite)
            {
                return null;
            }
            Pose3 pose = rack.ToPatch(room);
            return new RackPose(PatchSpace.VectorOf(pose.Position), PatchSpace.RotationOf(pose.Rotation));
        }
    }
}
