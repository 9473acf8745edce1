using System;

namespace SynthVR.Client
{
    /// <summary>
    /// The server's clock as seen from here. Of many readings the one whose way was shortest is distorted least; how
    /// fast the two clocks part is learned over minutes. Times in seconds. One thread; allocates nothing.
    /// </summary>
    public sealed class ServerClock
    {
        private const int Kept = 32; // readings: a minute of them

        /// <summary>How fast two unknown clocks may part: an old reading is worth that much less.</summary>
        private const double UnknownDrift = 50e-6;

        private readonly ITimeSource _time;
        private readonly ClockDrift _drift = new ClockDrift();
        private readonly LatencyStatistics _roundTrips = new LatencyStatistics(256);
        private readonly double[] _at = new double[Kept];
        private readonly double[] _roundTrip = new double[Kept];
        private readonly double[] _offset = new double[Kept];
        private int _readings;
        private double _engineAt;
        private long _engineFrame;
        private int _rate = 48000;

        /// <summary>Knows nothing before the first welcome.</summary>
        public ServerClock(ITimeSource time)
        {
            _time = time;
        }

        /// <summary>Whether a reading has been made whose way is known.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>The server's time now: what a note's <c>at</c> counts in.</summary>
        public double Now => At(_time.Now);

        /// <summary>
        /// How wrong <see cref="Now"/> may be: half the shortest way, were all of it in one direction.
        /// </summary>
        public double Uncertainty => IsKnown ? Distortion(Best(_time.Now), _time.Now) : double.PositiveInfinity;

        /// <summary>
        /// By how much the server's clock runs faster than ours: 0.0001 is 100 ppm. 0 before it is known.
        /// </summary>
        public double Drift => _drift.Slope;

        /// <summary>The ways there and back lately.</summary>
        public LatencyStatistics RoundTrips => _roundTrips;

        /// <summary>The server's time at a local time.</summary>
        public double At(double local)
        {
            if (_readings == 0)
            {
                return local;
            }
            int best = Best(local);
            return local + _offset[best] + Drift * (local - _at[best]);
        }

        /// <summary>When the engine plays a frame, in the server's time.</summary>
        public double TimeOfFrame(long sampleTime) => _engineAt + (sampleTime - _engineFrame) / (double)_rate;

        /// <summary>
        /// A welcome came: how long it was on its way is not known, so the first pong takes its place.
        /// </summary>
        internal void Restart(double serverTime, long sampleTime, double receivedAt)
        {
            _readings = 0;
            IsKnown = false;
            _drift.Restart();
            _roundTrips.Clear();
            Keep(receivedAt, double.PositiveInfinity, serverTime - receivedAt);
            SetEngine(serverTime, sampleTime);
        }

        /// <summary>Our own clock may have stood still: the next pong takes the place of all before it.</summary>
        internal void Doubt()
        {
            IsKnown = false;
            _drift.Restart();
        }

        /// <summary>The engine's sample rate in Hz.</summary>
        internal void SetRate(int rate)
        {
            _rate = Math.Max(1, rate);
        }

        /// <summary>A pong came, for a ping that was sent at <paramref name="sentAt"/>; both times are local.</summary>
        internal void Take(double sentAt, double receivedAt, double serverTime, long sampleTime)
        {
            double roundTrip = receivedAt - sentAt;
            if (!(roundTrip >= 0) || double.IsInfinity(roundTrip) || double.IsNaN(serverTime))
            {
                return; // an answer to nothing that we asked
            }
            double offset = serverTime - (sentAt + roundTrip / 2);
            if (!IsKnown)
            {
                _readings = 0;
                IsKnown = true;
            }
            Keep(receivedAt, roundTrip, offset);
            _roundTrips.Add(roundTrip);
            _drift.Add(receivedAt, roundTrip, offset);
            SetEngine(serverTime, sampleTime);
        }

        private void Keep(double at, double roundTrip, double offset)
        {
            int slot = _readings % Kept;
            _at[slot] = at;
            _roundTrip[slot] = roundTrip;
            _offset[slot] = offset;
            _readings = _readings < 2 * Kept ? _readings + 1 : Kept + 1;
        }

        private int Best(double now)
        {
            int best = 0;
            for (int slot = 1; slot < Math.Min(_readings, Kept); slot++)
            {
                if (Distortion(slot, now) < Distortion(best, now))
                {
                    best = slot;
                }
            }
            return best;
        }

        private double Distortion(int slot, double now)
        {
            return _roundTrip[slot] / 2 + UnknownDrift * Math.Abs(now - _at[slot]);
        }

        private void SetEngine(double serverTime, long sampleTime)
        {
            _engineAt = serverTime;
            _engineFrame = sampleTime;
        }
    }
}
