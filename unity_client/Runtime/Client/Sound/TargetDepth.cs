using System;

namespace SynthVR.Client
{
    /// <summary>
    /// How much sound should wait, in seconds: enough for the unevenness that was seen, and not more. Grows at once,
    /// shrinks slowly. Belongs to the thread that reads.
    /// </summary>
    internal sealed class TargetDepth
    {
        private const double Shallowest = 0.02;
        private const double Deepest = 0.3;
        private const double Margin = 0.005;
        private const double DeeperWhenDry = 1.5;
        private const double ShallowerPerSecond = 200e-6; // a third of a cent
        private const double CalmSeconds = 10; // of playing, before it trusts what it has seen

        private double _playedSince;

        public TargetDepth(double first)
        {
            Seconds = Math.Max(Shallowest, Math.Min(Deepest, first));
        }

        public double Seconds { get; private set; }

        /// <summary>How fast it falls at the moment, in seconds a second.</summary>
        public double Shrinking { get; private set; }

        /// <summary>The buffer ran dry: the way is less even than was hoped.</summary>
        public void Deepen()
        {
            Seconds = Math.Min(Deepest, Seconds * DeeperWhenDry);
            _playedSince = 0;
        }

        /// <summary>
        /// Some time has been played. <paramref name="jitter"/> as seen lately, <paramref name="piece"/> and
        /// <paramref name="block"/> are what comes and what goes at once; all in seconds.
        /// </summary>
        public void Follow(double jitter, double piece, double block, double elapsed)
        {
            double wanted = Math.Max(Shallowest, Math.Min(Deepest, jitter + piece + block + Margin));
            _playedSince += elapsed;
            Shrinking = wanted < Seconds && _playedSince > CalmSeconds ? ShallowerPerSecond : 0;
            Seconds = Math.Max(wanted, Seconds - Shrinking * elapsed);
        }
    }
}
