using System;
using System.Collections.Generic;
using System.Net;

namespace SynthVR.Client
{
    /// <summary>
    /// Finds the SynthVR servers of the local network by mDNS (RFC 6762, 6763). Everything happens in
    /// <see cref="Pump"/>, on the thread that calls it.
    /// </summary>
    public sealed class ServerBrowser : IDisposable
    {
        /// <summary>What servers announce.</summary>
        public const string Service = "_synthvr._tcp.local";

        private const double FirstInterval = 1;
        private const double LongestInterval = 60;
        private const int MostWaiting = 256; // packets; whoever sends faster is not heard

        private readonly IMulticast _multicast;
        private readonly IMulticastLock _lock;
        private readonly ITimeSource _time;
        private readonly LogOnce _log;
        private readonly ServiceRecords _records = new ServiceRecords(Service);
        private readonly DnsQuery _query = new DnsQuery();
        private readonly Queue<KeyValuePair<byte[], IPAddress>> _waiting = new Queue<KeyValuePair<byte[], IPAddress>>();
        private List<FoundServer> _servers = new List<FoundServer>();
        private bool _isOpen;
        private double _nextQuery;
        private double _interval;

        /// <summary>
        /// <paramref name="multicastLock"/> may be null; <paramref name="log"/> gets what went wrong, each thing once.
        /// </summary>
        public ServerBrowser(
            IMulticast multicast, ITimeSource time, Action<string> log, IMulticastLock multicastLock = null)
        {
            _multicast = multicast;
            _time = time;
            _log = new LogOnce(log);
            _lock = multicastLock;
        }

        /// <summary>Raised from <see cref="Pump"/> when <see cref="Servers"/> is another list.</summary>
        public event Action Changed;

        /// <summary>Who is there now.</summary>
        public IReadOnlyList<FoundServer> Servers
        {
            get { return _servers; }
        }

        /// <summary>Starts to look. Where there is no network it says so in the log, and finds nobody.</summary>
        public void Start()
        {
            if (_isOpen)
            {
                return;
            }
            _interval = FirstInterval;
            _nextQuery = _time.Now;
            if (_lock != null)
            {
                Try(_lock.Acquire, "Servers may not be found: Wi-Fi keeps multicast back: ");
            }
            _isOpen = Try(() => _multicast.Open(Receive), "Servers on the local network cannot be looked for: ");
            if (!_isOpen)
            {
                Stop();
            }
        }

        /// <summary>Stops looking and forgets what was found.</summary>
        public void Stop()
        {
            const string Problem = "Looking for servers could not be ended: ";
            _isOpen = false;
            Try(_multicast.Close, Problem);
            if (_lock != null)
            {
                Try(_lock.Release, Problem);
            }
            lock (_waiting)
            {
                _waiting.Clear();
            }
            _records.Clear();
            Show();
        }

        /// <summary>
        /// Asks when it is time, and takes the answers. Call it a few times a second; it never throws.
        /// </summary>
        public void Pump()
        {
            if (!_isOpen)
            {
                return;
            }
            try
            {
                double now = _time.Now;
                if (TakeAnswers(now) | _records.Expire(now))
                {
                    Show();
                }
                AskWhenDue(now);
            }
            catch (Exception error)
            {
                _log.Write("Looking for servers went wrong: " + error.Message);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Stop();
        }

        /// <summary>False where it fails, which the log tells: what comes after it is done all the same.</summary>
        private bool Try(Action act, string problem)
        {
            try
            {
                act();
                return true;
            }
            catch (Exception error)
            {
                _log.Write(problem + error.Message);
                return false;
            }
        }

        private void AskWhenDue(double now)
        {
            if (now < _nextQuery)
            {
                return;
            }
            _query.Clear();
            _query.Ask(Service, DnsType.Pointer);
            _records.AskForMissing(_query);
            _nextQuery = now + _interval;
            _interval = Math.Min(LongestInterval, _interval * 2);
            _multicast.Send(_query.Packet, _query.Count);
        }

        private void Receive(byte[] packet, IPAddress sender)
        {
            lock (_waiting)
            {
                if (_waiting.Count < MostWaiting)
                {
                    _waiting.Enqueue(new KeyValuePair<byte[], IPAddress>(packet, sender));
                }
            }
        }

        /// <summary>Whether there was an answer.</summary>
        private bool TakeAnswers(double now)
        {
            KeyValuePair<byte[], IPAddress>[] packets;
            lock (_waiting)
            {
                if (_waiting.Count == 0)
                {
                    return false;
                }
                packets = _waiting.ToArray(); // what waits now: more may come all the while
                _waiting.Clear();
            }
            foreach (KeyValuePair<byte[], IPAddress> packet in packets)
            {
                _records.Take(DnsAnswer.Read(packet.Key, packet.Key.Length), packet.Value, now);
            }
            return true;
        }

        private void Show()
        {
            List<FoundServer> servers = _records.Servers();
            servers.Sort((one, other) => string.CompareOrdinal(one.Instance, other.Instance));
            if (IsSame(servers, _servers))
            {
                return;
            }
            _servers = servers;
            Changed?.Invoke();
        }

        private static bool IsSame(List<FoundServer> one, List<FoundServer> other)
        {
            if (one.Count != other.Count)
            {
                return false;
            }
            for (int index = 0; index < one.Count; index++)
            {
                if (one[index].Instance != other[index].Instance || one[index].Address != other[index].Address
                    || one[index].Name != other[index].Name || one[index].Id != other[index].Id)
                {
                    return false;
                }
            }
            return true;
        }
    }
}
