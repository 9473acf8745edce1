using System;
using System.Collections.Generic;
using System.Threading;

namespace SynthVR.Client
{
    /// <summary>Frames that wait to be sent: one thread puts, the socket's sending thread takes, in order.</summary>
    internal sealed class SendQueue
    {
        /// <summary>A server that does not read for so long is lost. An edit is 1 MiB at most.</summary>
        private const int MostBytes = 32 << 20;

        private readonly Queue<Frame> _waiting = new Queue<Frame>(64);
        private readonly FramePool _pool = new FramePool();
        private int _bytes;
        private bool _isEnded;

        /// <summary>False where so much waits already that the server must be gone.</summary>
        public bool Put(ArraySegment<byte> bytes)
        {
            Frame frame = _pool.Rent();
            frame.CopyFrom(bytes);
            lock (_waiting)
            {
                _bytes += frame.Count;
                if (!_isEnded && _bytes <= MostBytes)
                {
                    _waiting.Enqueue(frame);
                    Monitor.Pulse(_waiting);
                    return true;
                }
                return _isEnded;
            }
        }

        /// <summary>Nothing more will be put; what waits is still taken.</summary>
        public void End()
        {
            lock (_waiting)
            {
                _isEnded = true;
                Monitor.PulseAll(_waiting);
            }
        }

        /// <summary>Waits for the next frame; null at the end.</summary>
        public Frame Take()
        {
            lock (_waiting)
            {
                while (_waiting.Count == 0 && !_isEnded)
                {
                    Monitor.Wait(_waiting);
                }
                if (_waiting.Count == 0)
                {
                    return null;
                }
                Frame frame = _waiting.Dequeue();
                _bytes -= frame.Count;
                return frame;
            }
        }

        /// <summary>A frame that was taken has been sent.</summary>
        public void Return(Frame frame)
        {
            _pool.Return(frame);
        }
    }
}
