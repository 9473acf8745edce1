using System;
using SynthVR.Client;
using SynthVR.Protocol;

namespace SynthVR.EndToEnd
{
    /// <summary>Measures the way there and back of pings of its own, on the thread that receives.</summary>
    internal sealed class PingMeter
    {
        private readonly MessagePackWriter _writer = new MessagePackWriter();
        private readonly ServerMessageReader _reader = new ServerMessageReader();
        private readonly MonotonicTime _time = new MonotonicTime();
        private readonly BreakableSocket _socket;
        private volatile bool _isMeasuring;

        public PingMeter(BreakableSocket socket, int most)
        {
            RoundTrips = new LatencyStatistics(most);
            _socket = socket;
            _socket.Seen = See;
        }

        /// <summary>In seconds; read it when no more pings are on their way.</summary>
        public LatencyStatistics RoundTrips { get; }

        public void Begin()
        {
            _isMeasuring = true;
        }

        /// <summary>The time is negative, so that nobody takes the answer for one to a ping of the client's.</summary>
        public void Send()
        {
            _writer.Clear();
            new Ping(-_time.Now).Write(_writer);
            _socket.Send(_writer.Written);
        }

        private void See(ArraySegment<byte> frame)
        {
            if (!_isMeasuring || _reader.TypeOf(frame) != ServerMessageType.Pong)
            {
                return;
            }
            var pong = (Pong)_reader.Read(frame, out string unfamiliar);
            if (pong.Time < 0)
            {
                RoundTrips.Add(_time.Now + pong.Time);
            }
        }
    }
}
