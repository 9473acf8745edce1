using System;
using System.Collections.Generic;
using System.Net;

namespace SynthVR.Client
{
    /// <summary>
    /// What has been announced of one type of service: instances by name, addresses by host. Bounded, since anybody on
    /// the network can announce. Times in local seconds.
    /// </summary>
    internal sealed class ServiceRecords
    {
        private const int MostInstances = 64;
        private const int MostAddresses = 16; // of a host
        private const double LongestLife = 4500; // RFC 6762 §10: 75 minutes

        private readonly string _service;
        private readonly Dictionary<string, AnnouncedService> _instances =
            new Dictionary<string, AnnouncedService>(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, List<IPAddress>> _hosts =
            new Dictionary<string, List<IPAddress>>(StringComparer.OrdinalIgnoreCase);

        /// <summary><paramref name="service"/> is its full name, such as _synthvr._tcp.local.</summary>
        public ServiceRecords(string service)
        {
            _service = service;
        }

        public void Clear()
        {
            _instances.Clear();
            _hosts.Clear();
        }

        /// <summary>Takes the records of one packet, wherever in it they stand.</summary>
        public void Take(List<DnsRecord> records, IPAddress sender, double now)
        {
            foreach (DnsRecord record in records)
            {
                if (record.Type == DnsType.Pointer && IsService(record.Name))
                {
                    TakePointer(record, now);
                }
            }
            foreach (DnsRecord record in records)
            {
                AnnouncedService found;
                if (record.LifeSeconds > 0 && _instances.TryGetValue(record.Name, out found))
                {
                    found.Take(record, sender);
                }
            }
            TakeAddresses(records);
            DropHosts();
        }

        /// <summary>Forgets what has not been announced again in time; whether there was any.</summary>
        public bool Expire(double now)
        {
            List<string> ended = null;
            foreach (KeyValuePair<string, AnnouncedService> pair in _instances)
            {
                if (pair.Value.Ends <= now)
                {
                    ended = ended ?? new List<string>();
                    ended.Add(pair.Key);
                }
            }
            if (ended == null)
            {
                return false;
            }
            foreach (string instance in ended)
            {
                _instances.Remove(instance);
            }
            DropHosts();
            return true;
        }

        /// <summary>The servers of which all is known.</summary>
        public List<FoundServer> Servers()
        {
            var servers = new List<FoundServer>();
            foreach (AnnouncedService service in _instances.Values)
            {
                List<IPAddress> addresses = null;
                if (service.Host != null)
                {
                    _hosts.TryGetValue(service.Host, out addresses);
                }
                FoundServer found = service.Found(addresses);
                if (found != null)
                {
                    servers.Add(found);
                }
            }
            return servers;
        }

        /// <summary>Adds questions for all that is missing.</summary>
        public void AskForMissing(DnsQuery query)
        {
            foreach (KeyValuePair<string, AnnouncedService> pair in _instances)
            {
                if (pair.Value.Host == null)
                {
                    query.Ask(pair.Key, DnsType.Service);
                    query.Ask(pair.Key, DnsType.Text);
                }
                else if (!_hosts.ContainsKey(pair.Value.Host))
                {
                    query.Ask(pair.Value.Host, DnsType.Address);
                }
            }
        }

        private void TakePointer(DnsRecord record, double now)
        {
            bool isInstance = record.Target.EndsWith("." + _service, StringComparison.OrdinalIgnoreCase);
            AnnouncedService found;
            if (record.LifeSeconds == 0)
            {
                _instances.Remove(record.Target);
            }
            else if (_instances.TryGetValue(record.Target, out found))
            {
                found.Ends = Ends(record, now);
            }
            else if (isInstance && _instances.Count < MostInstances)
            {
                _instances[record.Target] = new AnnouncedService(record.Target) { Ends = Ends(record, now) };
            }
        }

        /// <summary>A packet tells all addresses of a host at once: they replace the older ones.</summary>
        private void TakeAddresses(List<DnsRecord> records)
        {
            var fresh = new Dictionary<string, List<IPAddress>>(StringComparer.OrdinalIgnoreCase);
            foreach (DnsRecord record in records)
            {
                if (record.Type != DnsType.Address || record.LifeSeconds == 0 || !IsHost(record.Name))
                {
                    continue;
                }
                List<IPAddress> addresses;
                if (!fresh.TryGetValue(record.Name, out addresses))
                {
                    fresh[record.Name] = addresses = new List<IPAddress>();
                }
                if (addresses.Count < MostAddresses && !addresses.Contains(record.Address))
                {
                    addresses.Add(record.Address);
                }
            }
            foreach (KeyValuePair<string, List<IPAddress>> pair in fresh)
            {
                _hosts[pair.Key] = pair.Value;
            }
        }

        /// <summary>Forgets the hosts that no instance names any more.</summary>
        private void DropHosts()
        {
            foreach (string host in new List<string>(_hosts.Keys))
            {
                if (!IsHost(host))
                {
                    _hosts.Remove(host);
                }
            }
        }

        private bool IsService(string name)
        {
            return string.Equals(name, _service, StringComparison.OrdinalIgnoreCase);
        }

        private bool IsHost(string name)
        {
            foreach (AnnouncedService service in _instances.Values)
            {
                if (string.Equals(service.Host, name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
            return false;
        }

        private static double Ends(DnsRecord record, double now)
        {
            return now + Math.Min(LongestLife, record.LifeSeconds);
        }
    }
}
