using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Asks the server for its clock, often at first and then every two seconds, and notices when no answer comes.
    /// Times in local seconds. Main thread.
    /// </summary>
    internal sealed class Pinging
    {
        private const double Every = 2;
        private const double FirstEvery = 0.25;
        private const int First = 8; // while a scene is being built the way looks far longer than it is
        private const double SilenceMeansLost = 8;
        private const double SilenceAfterSleep = 3;

        private readonly Wire _wire;
        private readonly ServerClock _clock;
        private double _startedAt;
        private double _next;
        private double _waitingSince; // for any sign of life, since the first ping without one
        private double _patience = SilenceMeansLost;
        private int _sent;

        public Pinging(Wire wire, ServerClock clock)
        {
            _wire = wire;
            _clock = clock;
        }

        public void Start(Welcome welcome, double at)
        {
            _sent = 0;
            _next = _startedAt = at;
            _waitingSince = double.PositiveInfinity;
            _patience = SilenceMeansLost;
            _clock.SetRate(welcome.Engine.Rate);
            _clock.Restart(welcome.Clock.ServerTime, welcome.Clock.SampleTime, at);
        }

        /// <summary>
        /// This machine may have slept: what was asked before is void, and the next sign of life must come soon.
        /// </summary>
        public void Hurry(double now)
        {
            _sent = 0;
            _next = _startedAt = now;
            _waitingSince = double.PositiveInfinity;
            _patience = SilenceAfterSleep;
            _clock.Doubt();
        }

        /// <summary>False where it is the answer to no ping of this connection, or to one from before a sleep.</summary>
        public bool Take(Pong pong, double at)
        {
            if (!(pong.Time >= _startedAt && pong.Time <= at))
            {
                return false;
            }
            _clock.Take(pong.Time, at, pong.Clock.ServerTime, pong.Clock.SampleTime);
            return true;
        }

        /// <summary>
        /// Sends a ping where one is due. False where the server has been silent for too long; the time in which nobody
        /// asked does not count.
        /// </summary>
        public bool Continue(double now, double heardAt)
        {
            if (heardAt >= _waitingSince)
            {
                _waitingSince = double.PositiveInfinity;
                _patience = SilenceMeansLost;
            }
            if (now - _waitingSince > _patience)
            {
                return false;
            }
            if (now >= _next)
            {
                _wire.Send(new Ping(now));
                _waitingSince = System.Math.Min(_waitingSince, now);
                _next = now + (++_sent < First ? FirstEvery : Every);
            }
            return true;
        }
    }
}
