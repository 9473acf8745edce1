namespace SynthVR.Interaction
{
    /// <summary>
    /// Both hands at the rack: each takes hold of controls, cables and panels by itself; squeezing with nothing in it,
    /// one moves the whole rack, and two turn and scale it. One for both hands; allocates nothing.
    /// </summary>
    public sealed class RackHands
    {
        private readonly RackScene _scene;
        private readonly WorldGrip _world = new WorldGrip();

        /// <summary>Free hands.</summary>
        public RackHands(RackScene scene, IRackTouch touch)
        {
            _scene = scene;
            Left = new RackHand(scene, touch);
            Right = new RackHand(scene, touch);
        }

        /// <summary>The left hand.</summary>
        public RackHand Left { get; }

        /// <summary>The right hand.</summary>
        public RackHand Right { get; }

        /// <summary>Two hands move and turn the rack, and do not scale it.</summary>
        public bool KeepsScale { get; set; }

        /// <summary>What the left hand felt in this frame.</summary>
        public HapticPulse LeftPulse { get; private set; }

        /// <summary>What the right hand felt in this frame.</summary>
        public HapticPulse RightPulse { get; private set; }

        /// <summary>The hands of this frame; a hand that is elsewhere is at a menu, say, and takes nothing.</summary>
        public void Move(
            in HandFrame left, bool leftElsewhere, in HandFrame right, bool rightElsewhere, float seconds)
        {
            LeftPulse = Left.Move(left, leftElsewhere, Carried(Right), seconds);
            RightPulse = Right.Move(right, rightElsewhere, Carried(Left), seconds);
            MoveWorld(left, right);
        }

        /// <summary>Puts the rack somewhere in the room.</summary>
        public void Place(in RackPlacement placement)
        {
            _world.Place(placement);
            _scene.Place(_world.Placement);
        }

        /// <summary>Both let go, and change nothing.</summary>
        public void Drop()
        {
            Left.Drop();
            Right.Drop();
        }

        private void MoveWorld(in HandFrame left, in HandFrame right)
        {
            RackPlacement before = _world.Placement;
            Vec3 leftPlace = left.Grip.Position;
            Vec3 rightPlace = right.Grip.Position;
            if (!_world.Move(leftPlace, Left.Hold == HandHold.World, rightPlace, Right.Hold == HandHold.World))
            {
                return;
            }
            if (KeepsScale && _world.Placement.Scale != before.Scale)
            {
                Pose3 pose = _world.Placement.Pose;
                Vec3 middle = (leftPlace + rightPlace) * 0.5f;
                Vec3 fromMiddle = (pose.Position - middle) * (before.Scale / _world.Placement.Scale);
                _world.Place(new RackPlacement(new Pose3(middle + fromMiddle, pose.Rotation), before.Scale));
            }
            _scene.Place(_world.Placement);
        }

        private static string Carried(RackHand hand) => hand.Hold == HandHold.Panel ? hand.Module : null;
    }
}
