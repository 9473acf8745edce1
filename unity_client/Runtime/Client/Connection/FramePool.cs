using System.Collections.Generic;

namespace SynthVR.Client
{
    /// <summary>Frames to use again, so that steady traffic allocates nothing. Bounded; any thread.</summary>
    internal sealed class FramePool
    {
        private const int First = 32; // ready from the start: a hiccup of a few frames is nothing to allocate for
        private const int Most = 256;
        private const int LargestKept = 1 << 16; // bytes: a rare big one is left to the collector

        private readonly Stack<Frame> _free = new Stack<Frame>(Most);

        public FramePool()
        {
            for (int count = 0; count < First; count++)
            {
                _free.Push(new Frame());
            }
        }

        public Frame Rent()
        {
            lock (_free)
            {
                return _free.Count > 0 ? _free.Pop() : new Frame();
            }
        }

        public void Return(Frame frame)
        {
            if (frame.Capacity > LargestKept)
            {
                return;
            }
            lock (_free)
            {
                if (_free.Count < Most)
                {
                    _free.Push(frame);
                }
            }
        }
    }
}
