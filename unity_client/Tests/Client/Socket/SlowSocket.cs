using System.Net.Sockets;
using System.Threading;

namespace SynthVR.Client.Tests
{
    /// <summary>
    /// A real socket that takes a second to close, as Unity's do on Android and desktop mono while another thread waits
    /// in them; it tells who closed it.
    /// </summary>
    internal sealed class SlowSocket : Socket
    {
        private const int Patience = 10000; // ms
        private const int CloseTakes = 1000; // ms

        private readonly ManualResetEvent _isClosed = new ManualResetEvent(false);
        private int _closer;

        public SlowSocket(AddressFamily family, SocketType type, ProtocolType protocol)
            : base(family, type, protocol)
        {
        }

        /// <summary>The thread that closed it, once somebody has; 0 where nobody does.</summary>
        public int Closer => _isClosed.WaitOne(Patience) ? _closer : 0;

        protected override void Dispose(bool disposing)
        {
            if (disposing && Interlocked.CompareExchange(ref _closer, Thread.CurrentThread.ManagedThreadId, 0) == 0)
            {
                Thread.Sleep(CloseTakes);
                _isClosed.Set();
            }
            base.Dispose(disposing);
        }
    }
}
