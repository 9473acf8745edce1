using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// The latest of the signal at one jack: channel 1, in volts. Main thread; allocates nothing once made.
    /// </summary>
    public sealed class ScopeTrace
    {
        private const int Capacity = 1 << 15; // 0.7 s at 48 kHz

        private readonly float[] _volts = new float[Capacity];
        private readonly float[] _piece = new float[Capacity];
        private long _written;

        internal ScopeTrace(JackId jack)
        {
            Jack = jack;
        }

        /// <summary>Which jack.</summary>
        public JackId Jack { get; }

        /// <summary>Frames a second; 0 before the first piece.</summary>
        public int Rate { get; private set; }

        /// <summary>The engine's time of the frame after the latest.</summary>
        public long SampleTime { get; private set; }

        /// <summary>Copies the latest volts, oldest first; returns how many there were.</summary>
        public int Latest(float[] target)
        {
            int count = (int)Math.Min(Math.Min(_written, Capacity), target.Length);
            for (int index = 0; index < count; index++)
            {
                target[index] = _volts[(int)((_written - count + index) % Capacity)];
            }
            return count;
        }

        /// <summary>Throws ProtocolException where the samples are none.</summary>
        internal void Take(Scope scope)
        {
            int count = Samples.FromFloat32(scope.Samples, _piece, 0);
            if (scope.SampleTime != SampleTime || scope.Rate != Rate)
            {
                _written = 0; // what is on the other side of a gap does not belong to the same picture
            }
            Rate = scope.Rate;
            SampleTime = scope.SampleTime + count;
            for (int index = 0; index < count; index++)
            {
                _volts[(int)(_written++ % Capacity)] = _piece[index];
            }
        }
    }
}
