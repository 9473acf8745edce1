using System;
using System.Collections.Generic;
using System.Threading;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// What one socket has received and the main thread has not looked at yet. Sound does not wait for a frame: it goes
    /// straight to its ring. Long messages are read here, so that the main thread need not; short ones are read there,
    /// into the same objects again and again.
    /// </summary>
    internal sealed class Inbox : ISocketListener
    {
        private const int LongMessage = 1 << 13; // bytes: reading them takes a good part of a millisecond on a headset
        private const int MostStreamed = 500; // arrivals; beyond that what is only of the moment is dropped
        private const int MostArrivals = 50000;
        private const int MostBytes = 64 << 20;

        private readonly Queue<Arrival> _waiting = new Queue<Arrival>(256);
        private readonly FramePool _pool = new FramePool();
        private readonly ServerMessageReader _reader = new ServerMessageReader();
        private readonly SoundStream _sound;
        private readonly ITimeSource _time;
        private readonly LogOnce _log;
        private int _bytes;
        private bool _isClosed;
        private double _heardAt;

        public Inbox(SoundStream sound, ITimeSource time, LogOnce log)
        {
            _sound = sound;
            _time = time;
            _log = log;
            _heardAt = time.Now;
        }

        /// <summary>When the last frame came, in local seconds. Any thread.</summary>
        public double HeardAt => Volatile.Read(ref _heardAt);

        public void Opened()
        {
            Put(Arrival.Opened(_time.Now), 0);
        }

        public void Received(ArraySegment<byte> frame)
        {
            double now = _time.Now;
            Volatile.Write(ref _heardAt, now);
            try
            {
                Sort(frame, now);
            }
            catch (ProtocolException nonsense)
            {
                Put(Arrival.Nonsense(nonsense.Message, now), 0);
            }
        }

        public void Closed(int code, string reason)
        {
            Put(Arrival.Closed(code, reason, _time.Now), 0);
        }

        /// <summary>Takes in nothing more: the socket is not looked at any longer.</summary>
        public void Close()
        {
            lock (_waiting)
            {
                _isClosed = true;
                _waiting.Clear();
            }
        }

        /// <summary>The next arrival; its kind is None where nothing waits. Return its frame.</summary>
        public Arrival Take()
        {
            lock (_waiting)
            {
                if (_waiting.Count == 0)
                {
                    return default(Arrival);
                }
                Arrival arrival = _waiting.Dequeue();
                _bytes -= arrival.Frame?.Count ?? 0;
                return arrival;
            }
        }

        public void Return(Frame frame)
        {
            _pool.Return(frame);
        }

        private void Sort(ArraySegment<byte> frame, double now)
        {
            ServerMessageType type = _reader.TypeOf(frame);
            if (type == ServerMessageType.Audio)
            {
                var audio = (Audio)Read(frame);
                ArraySegment<byte> pcm = audio.Pcm;
                _sound.Write(audio.SampleTime, audio.Rate, pcm.Array, pcm.Offset, pcm.Count);
                return;
            }
            if (IsLong(type, frame.Count))
            {
                Put(Arrival.Of(Read(frame), now), 0);
                return;
            }
            if (IsOfTheMoment(type) && IsFull(MostStreamed))
            {
                return;
            }
            Frame copy = _pool.Rent();
            copy.CopyFrom(frame);
            Put(Arrival.Of(copy, now), copy.Count);
        }

        private ServerMessage Read(ArraySegment<byte> frame)
        {
            ServerMessage message = _reader.Read(frame, out string unfamiliar);
            if (unfamiliar != null)
            {
                _log.Write(unfamiliar);
            }
            return message;
        }

        private void Put(Arrival arrival, int bytes)
        {
            lock (_waiting)
            {
                if (_isClosed)
                {
                    return;
                }
                _bytes += bytes;
                if (_waiting.Count >= MostArrivals || _bytes > MostBytes)
                {
                    // The main thread has been away too long, or the server says too much: begin anew, and resume.
                    _isClosed = true;
                    arrival = Arrival.Closed(0, "More was received than could be looked at.", arrival.At);
                }
                _waiting.Enqueue(arrival);
            }
        }

        private bool IsFull(int most)
        {
            lock (_waiting)
            {
                return _waiting.Count >= most;
            }
        }

        private static bool IsLong(ServerMessageType type, int bytes)
        {
            bool isKept = type == ServerMessageType.Welcome || type == ServerMessageType.Batch
                || type == ServerMessageType.Library;
            return isKept && bytes >= LongMessage;
        }

        private static bool IsOfTheMoment(ServerMessageType type)
        {
            return type == ServerMessageType.Meters || type == ServerMessageType.Scope
                || type == ServerMessageType.OthersPresence;
        }
    }
}
