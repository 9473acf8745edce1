namespace SynthVR.Interaction
{
    /// <summary>
    /// The 1€ filter (<see cref="OneEuroFilter"/>) for the pose of a hand: what points with a ray 2 m long must not
    /// tremble. Place and rotation have a speed each, so that a wrist that turns fast does not loosen a still hand.
    /// </summary>
    public sealed class OneEuroPose
    {
        private const double SpeedCutoffHz = 1.0;
        private const double RestHz = 1.2;
        private const double HzPerMetrePerSecond = 20.0;
        private const double HzPerTurnPerSecond = 12.0;

        private double _metresPerSecond;
        private double _turnsPerSecond;
        private bool _hasPose;

        /// <summary>The smoothed pose.</summary>
        public Pose3 Pose { get; private set; } = Pose3.Identity;

        /// <summary>Forgets what was: the next pose is taken as it is. For a hand that was lost and is found.</summary>
        public void Forget() => _hasPose = false;

        /// <summary>
        /// Takes the pose of this frame, <paramref name="seconds"/> after the one before; returns the smoothed one. A
        /// pose that is not finite changes nothing.
        /// </summary>
        public Pose3 Next(in Pose3 hand, double seconds)
        {
            if (!hand.IsFinite)
            {
                return Pose;
            }
            if (!_hasPose)
            {
                Pose = hand;
                _metresPerSecond = 0.0;
                _turnsPerSecond = 0.0;
                _hasPose = true;
                return hand;
            }
            if (!(seconds > 0.0))
            {
                return Pose;
            }
            double speedShare = OneEuroFilter.Share(SpeedCutoffHz, seconds);
            double metres = Vec3.Distance(Pose.Position, hand.Position) / 1000.0;
            double turns = Quat.Angle(Pose.Rotation, hand.Rotation) / 360.0;
            _metresPerSecond += (metres / seconds - _metresPerSecond) * speedShare;
            _turnsPerSecond += (turns / seconds - _turnsPerSecond) * speedShare;
            double move = OneEuroFilter.Share(RestHz + HzPerMetrePerSecond * _metresPerSecond, seconds);
            double turn = OneEuroFilter.Share(RestHz + HzPerTurnPerSecond * _turnsPerSecond, seconds);
            Pose = new Pose3(
                Vec3.Between(Pose.Position, hand.Position, (float)move),
                Quat.Between(Pose.Rotation, hand.Rotation, (float)turn));
            return Pose;
        }
    }
}
