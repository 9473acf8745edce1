using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>What a client needs from the world. What is not set has a sensible default.</summary>
    public sealed class RackOptions
    {
        /// <summary>Name shown to the others.</summary>
        public string Name { get; set; } = "Headset";

        /// <summary>
        /// A random id by which the server knows who it is: what was done here stays ours, to undo, after a lost
        /// connection. Keep it, and it does so after the app has ended, too.
        /// </summary>
        public string Person { get; set; } = NewPerson();

        /// <summary>Colour in which the others see us, as #rrggbb; empty lets the server choose.</summary>
        public string Color { get; set; } = "";

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

        /// <summary>An id that nobody else has.</summary>
        public static string NewPerson() => Guid.NewGuid().ToString("N");
    }
}
