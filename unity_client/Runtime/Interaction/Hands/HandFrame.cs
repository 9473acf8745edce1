namespace SynthVR.Interaction
{
    /// <summary>What a controller or a tracked hand does in one frame. Poses in mm of the player's room.</summary>
    public readonly struct HandFrame
    {
        /// <summary>A hand that nobody sees: it holds on to what it has, and takes nothing.</summary>
        public static readonly HandFrame Lost = new HandFrame(NoPose, NoPose, NoPose.Position, HandButtons.None);

        /// <summary>Where it points: its ray begins there, along +z.</summary>
        public readonly Pose3 Aim;

        /// <summary>The palm: what twists.</summary>
        public readonly Pose3 Grip;

        /// <summary>The tip of the index finger or of the controller: what touches.</summary>
        public readonly Vec3 Tip;

        /// <summary>What is pressed.</summary>
        public readonly HandButtons Buttons;

        /// <summary>Thumbstick to the right, −1 to 1.</summary>
        public readonly float StickX;

        /// <summary>Thumbstick away from the player, −1 to 1.</summary>
        public readonly float StickY;

        /// <summary>A hand as it is now.</summary>
        public HandFrame(
            in Pose3 aim, in Pose3 grip, in Vec3 tip, HandButtons buttons, float stickX = 0f, float stickY = 0f)
        {
            Aim = aim;
            Grip = grip;
            Tip = tip;
            Buttons = buttons;
            StickX = stickX;
            StickY = stickY;
        }

        /// <summary>Whether the hand is seen.</summary>
        public bool IsTracked => Aim.IsFinite && Grip.IsFinite && Tip.IsFinite;

        private static Pose3 NoPose => new Pose3(new Vec3(float.NaN, float.NaN, float.NaN), Quat.Identity);

        /// <summary>Whether a button is down.</summary>
        public bool Has(HandButtons button) => (Buttons & button) != 0;
    }
}
