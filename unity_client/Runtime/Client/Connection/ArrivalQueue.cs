using System;
using System.Collections.Generic;

namespace SynthVR.Client
{
    /// <summary>
    /// What waits for the main thread, in order and bounded. Of what is only of the moment the newest takes the place
    /// of what still waits. Any thread.
    /// </summary>
    internal sealed class ArrivalQueue
    {
        private const int MostArrivals = 50000;
        private const int MostBytes = 64 << 20;

        private readonly Queue<Arrival> _waiting = new Queue<Arrival>(256);
        private readonly Dictionary<string, Frame> _moments = new Dictionary<string, Frame>(); // of those that wait
        private int _bytes;
        private volatile bool _isClosed;

        /// <summary>Whether nothing more is taken in.</summary>
        public bool IsClosed => _isClosed;

        public int Count
        {
            get
            {
                lock (_waiting)
                {
                    return _waiting.Count;
                }
            }
        }

        public void Put(Arrival arrival)
        {
            lock (_waiting)
            {
                if (_isClosed)
                {
                    return;
                }
                _bytes += arrival.Bytes;
                if (_waiting.Count >= MostArrivals || _bytes > MostBytes)
                {
                    // The main thread has been away too long, or the server says too much: begin anew, and resume.
                    Close();
                    arrival = Arrival.Closed(0, "More was received than could be looked at.", arrival.At);
                }
                else if (arrival.Frame?.Moment != null)
                {
                    _moments[arrival.Frame.Moment] = arrival.Frame;
                }
                _waiting.Enqueue(arrival);
            }
        }

        /// <summary>Puts what is newer in the place of what still waits; false where nothing does.</summary>
        public bool Renew(string moment, ArraySegment<byte> newer, double now)
        {
            lock (_waiting)
            {
                Frame older;
                if (moment == null || !_moments.TryGetValue(moment, out older))
                {
                    return false;
                }
                _bytes += newer.Count - older.Count;
                older.CopyFrom(newer);
                older.At = now;
                return true;
            }
        }

        /// <summary>The next arrival; its kind is None where nothing waits.</summary>
        public Arrival Take()
        {
            lock (_waiting)
            {
                if (_waiting.Count == 0)
                {
                    return default(Arrival);
                }
                Arrival arrival = _waiting.Dequeue();
                _bytes -= arrival.Bytes;
                if (arrival.Frame?.Moment != null)
                {
                    _moments.Remove(arrival.Frame.Moment);
                }
                return arrival;
            }
        }

        /// <summary>Forgets what waits, and takes in nothing more.</summary>
        public void Close()
        {
            lock (_waiting)
            {
                _isClosed = true;
                _waiting.Clear();
                _moments.Clear();
                _bytes = 0;
            }
        }
    }
}
