namespace SynthVR.Interaction
{
    /// <summary>
    /// One hand at a flat thing with things to press on it, a board or a piano: it presses with a fingertip through the
    /// face, or with its ray and select. One per hand and board; allocates nothing.
    /// </summary>
    public sealed class BoardHand
    {
        /// <summary>A fingertip nearer than this to the face, mm, touches; its ray is out of the way.</summary>
        private const float NearMm = 60f;

        /// <summary>The finger must have been this high above the face, mm, before it can press again.</summary>
        private const float ReadyMm = 6f;

        /// <summary>A finger deeper than this, mm, reaches through the board for something behind it.</summary>
        private const float ThroughMm = 40f;

        private bool _wasSelecting;
        private bool _isReady;

        /// <summary>Whether the hand is at the board, and at nothing behind it.</summary>
        public bool IsOver { get; private set; }

        /// <summary>Whether it presses now.</summary>
        public bool IsDown { get; private set; }

        /// <summary>Whether it began to press in this frame.</summary>
        public bool HasPressed { get; private set; }

        /// <summary>Where, mm from the left edge.</summary>
        public float X { get; private set; }

        /// <summary>Where, mm from the upper edge down.</summary>
        public float Y { get; private set; }

        /// <summary>Distance in mm from the hand along its ray; 0 for a touch.</summary>
        public float DistanceMm { get; private set; }

        /// <summary>
        /// The hand of this frame. <paramref name="scale"/> is how many mm of the room one of the board is.
        /// </summary>
        public void Move(in HandFrame hand, in HungPanel board, float scale)
        {
            bool wasDown = IsDown;
            IsOver = IsDown = HasPressed = false;
            if (!hand.IsTracked)
            {
                return;
            }
            if (Touches(hand, board))
            {
                Vec3 place = board.OnPanel(hand.Tip);
                At(place.X / scale, place.Y / scale, 0f);
                _isReady |= place.Z > ReadyMm;
                IsDown = place.Z <= 0f && (wasDown || _isReady);
                _isReady &= !IsDown;
            }
            else
            {
                _isReady = false;
                Point(hand, board, scale, wasDown);
            }
            HasPressed = IsDown && !wasDown;
            _wasSelecting = hand.Has(HandButtons.Select);
        }

        /// <summary>The board is gone.</summary>
        public void Leave()
        {
            IsOver = IsDown = HasPressed = _isReady = false;
        }

        private void Point(in HandFrame hand, in HungPanel board, float scale, bool wasDown)
        {
            var ray = new Ray3(hand.Aim);
            float distance = ray.DistanceTo(board.Pose);
            if (!(distance >= 0f) || Vec3.Dot(ray.Direction, board.Pose.Out) >= 0f)
            {
                return;
            }
            Vec3 place = board.OnPanel(ray.At(distance));
            if (place.X < 0f || place.X > board.Width || place.Y < 0f || place.Y > board.Height)
            {
                return;
            }
            At(place.X / scale, place.Y / scale, distance);
            bool selects = hand.Has(HandButtons.Select);
            IsDown = selects && (wasDown || !_wasSelecting); // a press that began elsewhere presses nothing here
        }

        private void At(float x, float y, float distance)
        {
            IsOver = true;
            X = x;
            Y = y;
            DistanceMm = distance;
        }

        private static bool Touches(in HandFrame hand, in HungPanel board)
        {
            Vec3 place = board.OnPanel(hand.Tip);
            return place.Z < NearMm && place.Z > -ThroughMm
                && place.X >= 0f && place.X <= board.Width && place.Y >= 0f && place.Y <= board.Height;
        }
    }
}
