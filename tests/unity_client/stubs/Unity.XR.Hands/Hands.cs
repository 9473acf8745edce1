using UnityEngine.SubsystemsImplementation;

namespace UnityEngine.SubsystemsImplementation
{
    public abstract class SubsystemWithProvider : ISubsystem
    {
        public bool running => false;
    }
}

namespace UnityEngine.XR.Hands
{
    public enum XRHandJointID
    {
        Invalid = 0,
        BeginMarker = 1,
        Wrist = BeginMarker,
        Palm,
        ThumbMetacarpal,
        ThumbProximal,
        ThumbDistal,
        ThumbTip,
        IndexMetacarpal,
        IndexProximal,
        IndexIntermediate,
        IndexDistal,
        IndexTip,
        MiddleMetacarpal,
        MiddleProximal,
        MiddleIntermediate,
        MiddleDistal,
        MiddleTip,
        RingMetacarpal,
        RingProximal,
        RingIntermediate,
        RingDistal,
        RingTip,
        LittleMetacarpal,
        LittleProximal,
        LittleIntermediate,
        LittleDistal,
        LittleTip,
        EndMarker,
    }

    public static class XRHandJointIDUtility
    {
        public static int ToIndex(this XRHandJointID jointId) => 0;

        public static XRHandJointID FromIndex(int index) => default(XRHandJointID);
    }

    public struct XRHandJoint
    {
        public bool TryGetPose(out Pose pose)
        {
            pose = default(Pose);
            return false;
        }
    }

    public struct XRHand
    {
        public bool isTracked => false;

        public XRHandJoint GetJoint(XRHandJointID id) => default(XRHandJoint);
    }

    public class XRHandSubsystem : SubsystemWithProvider
    {
        public XRHand leftHand => default(XRHand);

        public XRHand rightHand => default(XRHand);
    }
}
