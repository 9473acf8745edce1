using System;
using System.Collections.Generic;
using System.Threading;
using SynthVR.Client;

namespace SynthVR.EndToEnd
{
    /// <summary>Looks for a server on the network as the connection dialog does, until it has come and gone.</summary>
    internal static class FindScene
    {
        private const int PumpMilliseconds = 50;

        /// <summary>
        /// The name of the server is the next line of the input; it has so many seconds to come, and to go.
        /// </summary>
        public static void Play(double seconds)
        {
            string name = Console.ReadLine();
            Console.WriteLine("ready");
            using (var browser = new ServerBrowser(new UdpMulticast(), new MonotonicTime(), Console.WriteLine))
            {
                browser.Start();
                FoundServer found = Until(browser, seconds, servers => Find(servers, name));
                Console.WriteLine("name " + found.Name);
                Console.WriteLine("id " + found.Id);
                Console.WriteLine("version " + found.Version);
                Console.WriteLine("address " + found.Address);
                Until(browser, seconds, servers => Find(servers, name) == null ? found : null);
                Console.WriteLine("gone");
            }
        }

        private static FoundServer Until(
            ServerBrowser browser, double seconds, Func<IReadOnlyList<FoundServer>, FoundServer> look)
        {
            var time = new MonotonicTime();
            while (time.Now < seconds)
            {
                browser.Pump();
                FoundServer found = look(browser.Servers);
                if (found != null)
                {
                    return found;
                }
                Thread.Sleep(PumpMilliseconds);
            }
            throw new TimeoutException("Nothing was found, or went.");
        }

        private static FoundServer Find(IReadOnlyList<FoundServer> servers, string name)
        {
            foreach (FoundServer server in servers)
            {
                if (server.Name == name)
                {
                    return server;
                }
            }
            return null;
        }
    }
}
