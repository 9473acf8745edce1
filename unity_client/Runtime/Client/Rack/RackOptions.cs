using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>What a client needs from the world. What is not set has a sensible default.</summary>
    public sealed class RackOptions
    {
        /// <summary>Name shown to the others.</summary>
        public string Name { get; set; } = "Headset";

        /// <summary>What the client is.</summary>
        public ClientKind Kind { get; set; } = ClientKind.Headset;

        /// <summary>Sample rate of the loudspeaker in Hz; can be set later on the sound stream.</summary>
        public int OutputRate { get; set; } = 48000;

        /// <summary>Seconds of sound that wait, before the network is known.</summary>
        public double SoundTargetSeconds { get; set; } = 0.06;

        /// <summary>Gets a sentence when something goes wrong, each only once. Any thread.</summary>
        public Action<string> Log { get; set; }

        /// <summary>Makes websockets.</summary>
        public Func<ISocket> Sockets { get; set; } = () => new WebSocket();

        /// <summary>The clock.</summary>
        public ITimeSource Time { get; set; } = new MonotonicTime();

        /// <summary>Numbers from 0 to 1.</summary>
        public Func<double> Random { get; set; } = new Random().NextDouble;
    }
}
