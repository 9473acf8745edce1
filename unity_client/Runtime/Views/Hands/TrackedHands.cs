using System.Collections.Generic;
using SynthVR.Interaction;
using UnityEngine;
using UnityEngine.XR.Hands;

namespace SynthVR.Views
{
    /// <summary>Bare hands, as XR Hands sees them: pinches instead of buttons, no thumbstick.</summary>
    internal sealed class TrackedHands
    {
        private const float SearchSeconds = 1f;

        private readonly List<XRHandSubsystem> _found = new List<XRHandSubsystem>();
        private readonly Side _left = new Side();
        private readonly Side _right = new Side();
        private XRHandSubsystem _hands;
        private float _secondsToSearch;

        /// <summary>
        /// Once a frame: the subsystem starts some frames after the scene, and anew when the headset wakes.
        /// </summary>
        internal void Look(float seconds)
        {
            _secondsToSearch -= seconds;
            if ((_hands == null || !_hands.running) && _secondsToSearch <= 0f)
            {
                _secondsToSearch = SearchSeconds;
                SubsystemManager.GetSubsystems(_found);
                _hands = _found.Count > 0 ? _found[0] : null;
            }
        }

        /// <summary>
        /// The hand of this frame; false where it is not seen. <paramref name="origin"/> is the tracking space in the
        /// room.
        /// </summary>
        internal bool TryRead(bool isLeft, Transform origin, in Pose3 head, float seconds, out HandFrame frame)
        {
            frame = HandFrame.Lost;
            Side side = isLeft ? _left : _right;
            if (!IsRunning)
            {
                return false;
            }
            XRHand hand = isLeft ? _hands.leftHand : _hands.rightHand;
            if (!hand.isTracked
                || !TryPose(hand, XRHandJointID.Palm, origin, out Pose3 palm)
                || !TryPose(hand, XRHandJointID.IndexTip, origin, out Pose3 index)
                || !TryPose(hand, XRHandJointID.IndexProximal, origin, out Pose3 knuckle)
                || !TryPose(hand, XRHandJointID.ThumbTip, origin, out Pose3 thumb)
                || !TryPose(hand, XRHandJointID.MiddleTip, origin, out Pose3 middle))
            {
                side.Ray.Forget();
                return false;
            }
            Pose3 aim = side.Ray.Next(HandRay.Of(head, knuckle.Position, isLeft), seconds);
            HandButtons buttons = HandButtons.None;
            buttons |= side.Select.Move(thumb.Position, index.Position) ? HandButtons.Select : HandButtons.None;
            buttons |= side.Squeeze.Move(thumb.Position, middle.Position) ? HandButtons.Squeeze : HandButtons.None;
            frame = new HandFrame(aim, palm, index.Position, buttons);
            return true;
        }

        /// <summary>The place of a joint in the room, m; false where it is not seen.</summary>
        internal bool TryJoint(bool isLeft, int joint, Transform origin, out Vector3 place)
        {
            place = Vector3.zero;
            if (!IsRunning)
            {
                return false;
            }
            XRHand hand = isLeft ? _hands.leftHand : _hands.rightHand;
            if (!hand.isTracked || !hand.GetJoint(XRHandJointIDUtility.FromIndex(joint)).TryGetPose(out Pose pose))
            {
                return false;
            }
            place = origin.TransformPoint(pose.position);
            return true;
        }

        private bool IsRunning => _hands != null && _hands.running;

        internal static int Joints => XRHandJointID.EndMarker.ToIndex();

        private static bool TryPose(XRHand hand, XRHandJointID joint, Transform origin, out Pose3 pose)
        {
            bool isSeen = hand.GetJoint(joint).TryGetPose(out Pose seen);
            pose = isSeen
                ? RoomSpace.Mm(origin.TransformPoint(seen.position), origin.rotation * seen.rotation)
                : Pose3.Identity;
            return isSeen;
        }

        private sealed class Side
        {
            internal readonly OneEuroPose Ray = new OneEuroPose();
            internal Pinch Select;
            internal Pinch Squeeze;
        }
    }
}
