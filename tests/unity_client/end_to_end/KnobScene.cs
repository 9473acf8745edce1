using System;
using System.Reflection;
using SynthVR.Client;
using SynthVR.Protocol;

namespace SynthVR.EndToEnd
{
    /// <summary>
    /// Turns a knob in every frame, 72 times a second, while somebody else sees it. Counts what this thread allocates,
    /// and measures how long it takes until the server has heard of each turn: a ping follows it over the same wire.
    /// </summary>
    internal static class KnobScene
    {
        private const double WarmUpSeconds = 2;
        private const double SteadyAfter = 12; // s; what happens once in a connection has been compiled by then

        private static readonly KnobId Cutoff = new KnobId("filter", "cutoff");
        private static readonly Func<long> AllocatedHere = FindCounter();

        /// <summary>
        /// Turns for so many seconds; again where the server sent everybody away for a new catalogue meanwhile.
        /// </summary>
        public static void Play(Player player, double seconds)
        {
            player.Clear();
            player.Edit(new AddModule("filter", new PlacedModule("ladder")));
            player.Rack.Streams.IsMetering = true;
            for (int joins = 0; joins != player.Joins; )
            {
                joins = player.Joins;
                Measure(player, (int)(seconds / Player.FrameSeconds));
            }
        }

        private static void Measure(Player player, int frames)
        {
            var pings = new PingMeter(player.Socket, frames);
            player.Rack.Hands.Grab(Cutoff);
            double warmUp = Math.Max(WarmUpSeconds, player.JoinedAt + SteadyAfter - player.Now);
            Turn(player, pings, (int)(warmUp / Player.FrameSeconds));
            pings.Begin();
            int collections = GC.CollectionCount(0);
            long before = AllocatedHere();
            Turn(player, pings, frames);
            long allocated = AllocatedHere() - before;
            player.Tell("turns", frames);
            player.Tell("allocated_bytes", allocated);
            player.Tell("collections", GC.CollectionCount(0) - collections);
            player.Rack.Hands.Release(Cutoff);
            player.For(1);
            player.Until("connection", () => player.Rack.Connection.State == ConnectionState.Open);
            player.Tell("round_trips", pings.RoundTrips.Count);
            player.Tell("p50_ms", 1000 * pings.RoundTrips.P50);
            player.Tell("p99_ms", 1000 * pings.RoundTrips.P99);
            player.Tell("worst_ms", 1000 * pings.RoundTrips.Percentile(1));
        }

        private static void Turn(Player player, PingMeter pings, int frames)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                player.Rack.Pump();
                player.Rack.Hands.Turn(Cutoff, 1000 + frame % 5000);
                player.Rack.Flush();
                pings.Send();
                player.WaitForFrame();
            }
        }

        private static Func<long> FindCounter()
        {
            MethodInfo method = typeof(GC).GetMethod(
                "GetAllocatedBytesForCurrentThread",
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
            return (Func<long>)Delegate.CreateDelegate(typeof(Func<long>), method);
        }
    }
}
