using System;
using SynthVR.Client;
using SynthVR.Protocol;

namespace SynthVR.EndToEnd
{
    /// <summary>
    /// A voice from nothing: keys, oscillator, filter, amplifier, loudspeaker; an A is played and listened to.
    /// </summary>
    internal static class VoiceScene
    {
        private const int A4 = 69;
        private const double A4Volts = 9 / 12.0;
        private const double SettleSeconds = 6; // until the buffer's depth is where it should be

        /// <summary>Listens for so many seconds; the file of the sound is the next line of the input.</summary>
        public static void Play(Player player, double seconds)
        {
            string path = Console.ReadLine();
            RackClient rack = player.Rack;
            player.Clear();
            Patch(player);
            player.Tell("modules", rack.Patch.Modules.Count);
            rack.Streams.IsListening = true;
            rack.Streams.IsMetering = true;
            double at = rack.Clock.Now + 0.1;
            rack.Notes.Start("keys", A4, A4Volts, 1, at);
            var loudspeaker = new Loudspeaker(rack.Sound);
            player.Until("sound", () => rack.Sound.State.IsPlaying);
            player.For(SettleSeconds + seconds);
            SoundState state = rack.Sound.State;
            player.Tell("underruns", state.Underruns);
            player.Tell("lost_frames", state.LostFrames);
            player.Tell("depth_ms", 1000 * state.DepthSeconds);
            player.Tell("target_ms", 1000 * state.TargetSeconds);
            player.Tell("jitter_ms", 1000 * state.JitterSeconds);
            player.Tell("latency_ms", 1000 * (rack.SoundLatency(0) ?? double.NaN));
            player.Tell("level", rack.Meters.Level("vco", 2).Peak);
            player.Tell("load", rack.Meters.Load);
            rack.Notes.End("keys", A4);
            player.For(0.1);
            loudspeaker.Write(path, seconds);
        }

        private static void Patch(Player player)
        {
            var step = new Vector(60, 0, 0);
            string[] modules = { "keys", "vco", "ladder", "vca", "output" };
            for (int index = 0; index < modules.Length; index++)
            {
                var place = new Vector(step.X * index, 1200, -400);
                player.Edit(new AddModule(modules[index], new PlacedModule(modules[index], position: place)));
            }
            player.Edit(
                Cable("c1", "keys", "pitch", "vco", "pitch"),
                Cable("c2", "vco", "saw", "ladder", "audio"),
                Cable("c3", "ladder", "out", "vca", "audio"),
                Cable("c4", "keys", "gate", "vca", "cv"),
                Cable("c5", "vca", "out", "output", "left"));
            player.Edit(new SetKnob("ladder", "cutoff", 4000));
        }

        public static Connect Cable(string id, string from, string output, string to, string input)
        {
            return new Connect(id, new Cable(new JackId(from, output), new JackId(to, input)));
        }
    }
}
