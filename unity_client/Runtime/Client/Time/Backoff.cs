using System;

namespace SynthVR.Client
{
    /// <summary>
    /// How long to wait before the next attempt to connect: 0.25 s at first, twice as long each time, 8 s at most.
    /// A random part keeps the clients of a server that was restarted from coming back all at once.
    /// </summary>
    public sealed class Backoff
    {
        /// <summary>The shortest wait in seconds.</summary>
        public const double Shortest = 0.25;

        /// <summary>The longest wait in seconds.</summary>
        public const double Longest = 8;

        private const double MostRandom = 0.5; // of the wait, added to it

        private readonly Func<double> _random;
        private double _next = Shortest;

        /// <summary><paramref name="random"/> gives numbers from 0 to 1.</summary>
        public Backoff(Func<double> random)
        {
            _random = random;
        }

        /// <summary>Seconds to wait before the next attempt.</summary>
        public double Next()
        {
            double wait = _next * (1 + MostRandom * _random());
            _next = Math.Min(_next * 2, Longest / (1 + MostRandom));
            return wait;
        }

        /// <summary>An attempt has succeeded: the next wait is short again.</summary>
        public void Reset()
        {
            _next = Shortest;
        }
    }
}
