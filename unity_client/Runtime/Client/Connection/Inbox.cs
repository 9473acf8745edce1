using System;
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
        private const int LargestKept = 64 << 20; // bytes of a message that may hold a whole patch
        private const int LargestOther = 1 << 20;

        private readonly ArrivalQueue _arrivals = new ArrivalQueue();
        private readonly object _playing = new object();
        private readonly FramePool _pool = new FramePool();
        private readonly ServerMessageReader _reader = new ServerMessageReader();
        private readonly SoundStream _sound;
        private readonly ITimeSource _time;
        private readonly LogOnce _log;
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

        /// <summary>How many arrivals wait. Any thread.</summary>
        public int Waiting => _arrivals.Count;

        public void Opened()
        {
            _arrivals.Put(Arrival.Opened(_time.Now));
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
                _arrivals.Put(Arrival.Nonsense(nonsense.Message, now));
            }
        }

        public void Closed(int code, string reason)
        {
            _arrivals.Put(Arrival.Closed(code, reason, _time.Now));
        }

        /// <summary>Takes in nothing more, sound neither: the socket is not looked at any longer.</summary>
        public void Close()
        {
            lock (_playing)
            {
                _arrivals.Close();
            }
        }

        /// <summary>The next arrival; its kind is None where nothing waits. Return its frame.</summary>
        public Arrival Take()
        {
            return _arrivals.Take();
        }

        public void Return(Frame frame)
        {
            _pool.Return(frame);
        }

        private void Sort(ArraySegment<byte> frame, double now)
        {
            if (_arrivals.IsClosed)
            {
                return;
            }
            ServerMessageType type = _reader.TypeOf(frame);
            bool isKept = IsKept(type);
            if (frame.Count > (isKept ? LargestKept : LargestOther))
            {
                throw new ProtocolException(type + " of " + frame.Count + " bytes is too long.");
            }
            if (type == ServerMessageType.Audio)
            {
                Play((Audio)Read(frame));
                return;
            }
            if (isKept && frame.Count >= LongMessage)
            {
                _arrivals.Put(Arrival.Of(Read(frame), now, frame.Count));
                return;
            }
            string moment = MomentOf(type, frame);
            bool isOfTheMoment = moment != null || type == ServerMessageType.Scope;
            if (_arrivals.Renew(moment, frame, now) || (isOfTheMoment && Waiting >= MostStreamed))
            {
                return;
            }
            Frame copy = _pool.Rent();
            copy.CopyFrom(frame);
            copy.At = now;
            copy.Moment = moment;
            _arrivals.Put(Arrival.Of(copy));
        }

        /// <summary>Under the lock, so that nothing is written any more once the inbox has been closed.</summary>
        private void Play(Audio audio)
        {
            ArraySegment<byte> pcm = audio.Pcm;
            lock (_playing)
            {
                if (!_arrivals.IsClosed)
                {
                    _sound.Write(audio.SampleTime, audio.Rate, pcm.Array, pcm.Offset, pcm.Count);
                }
            }
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

        /// <summary>Of which message of the moment only the newest counts; null for any other.</summary>
        private string MomentOf(ServerMessageType type, ArraySegment<byte> frame)
        {
            switch (type)
            {
                case ServerMessageType.Meters:
                    return "";
                case ServerMessageType.OthersPresence:
                    return _reader.TextOf(frame, "client");
                default:
                    return null;
            }
        }

        /// <summary>What may hold a whole patch, and is the caller's once it was read.</summary>
        private static bool IsKept(ServerMessageType type)
        {
            return type == ServerMessageType.Welcome || type == ServerMessageType.Batch
                || type == ServerMessageType.Library;
        }
    }
}
