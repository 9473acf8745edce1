using System;
using System.Collections.Generic;
using System.Globalization;

namespace SynthVR.EndToEnd
{
    /// <summary>
    /// What a headset does, without one: finds servers, or joins the one at an address and plays one scene. Prints what
    /// it found out as lines "name value"; the exit code is 1 where something failed. What it waits for it reads from
    /// its input.
    /// </summary>
    internal static class Program
    {
        private static readonly Dictionary<string, Action<Player, double>> Scenes =
            new Dictionary<string, Action<Player, double>>
            {
                { "voice", VoiceScene.Play },
                { "gesture", GestureScene.Play },
                { "crowd", CrowdScene.Play },
                { "knobs", KnobScene.Play },
            };

        private static int Main(string[] arguments)
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
            try
            {
                double seconds = double.Parse(arguments[2]);
                if (arguments[1] == "find")
                {
                    FindScene.Play(seconds);
                }
                else
                {
                    Join(new Uri(arguments[0]), Scenes[arguments[1]], seconds);
                }
                return 0;
            }
            catch (Exception error)
            {
                Console.WriteLine("failed " + error);
                return 1;
            }
        }

        private static void Join(Uri address, Action<Player, double> play, double seconds)
        {
            using (var player = new Player(address))
            {
                player.Join();
                play(player, seconds);
                player.Tell("divergences", player.Rack.Server.Divergences);
                player.Tell("fingerprint", player.Rack.Patch.Fingerprint);
                player.Tell("revision", player.Rack.Patch.Revision);
            }
        }
    }
}
