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
        private const int MostFrames = 1 << 14; // eight seconds of as much as a client may say

        private readonly Queue<Frame> _waiting = new Queue<Frame>(64);
        private readonly FramePool _pool = new FramePool();
        private int _bytes; // that waiting frames hold, used or not
        private Frame _pong; // it waits, too
        private bool _isEnded;
        private bool _isTaken;

        /// <summary>
        /// False where so much waits already that the server must be gone. A pong that still waits answers the newest
        /// ping instead (RFC 6455 §5.5.3).
        /// </summary>
        public bool Put(Opcode opcode, ArraySegment<byte> bytes)
        {
            lock (_waiting)
            {
                if (opcode == Opcode.Pong && _pong != null)
                {
                    _pong.CopyFrom(bytes);
                    return true;
                }
                if (_isEnded)
                {
                    return true;
                }
                if (_waiting.Count >= MostFrames)
                {
                    return false;
                }
                Frame frame = _pool.Rent();
                frame.CopyFrom(bytes);
                frame.Opcode = opcode;
                return Put(frame);
            }
        }

        /// <summary>From now on somebody takes what is put.</summary>
        public void Begin()
        {
            lock (_waiting)
            {
                _isTaken = true;
            }
        }

        /// <summary>
        /// Nothing more will be put; what waits is still taken. False where nobody takes, or it had ended.
        /// </summary>
        public bool End()
        {
            lock (_waiting)
            {
                bool isHeard = _isTaken && !_isEnded;
                _isEnded = true;
                Monitor.PulseAll(_waiting);
                return isHeard;
            }
        }

        /// <summary>What waits is not to be sent any more.</summary>
        public void Drop()
        {
            lock (_waiting)
            {
                _waiting.Clear();
                _pong = null;
                _bytes = 0;
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
                _bytes -= frame.Capacity;
                _pong = frame == _pong ? null : _pong;
                return frame;
            }
        }

        /// <summary>A frame that was taken has been sent.</summary>
        public void Return(Frame frame)
        {
            _pool.Return(frame);
        }

        private bool Put(Frame frame)
        {
            if (_bytes + frame.Capacity > MostBytes)
            {
                _pool.Return(frame);
                return false;
            }
            _bytes += frame.Capacity;
            _pong = frame.Opcode == Opcode.Pong ? frame : _pong;
            _waiting.Enqueue(frame);
            Monitor.Pulse(_waiting);
            return true;
        }
    }
}
