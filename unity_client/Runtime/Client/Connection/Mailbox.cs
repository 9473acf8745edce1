using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>The main thread's side of an inbox: frames become messages here. Main thread.</summary>
    internal sealed class Mailbox
    {
        private readonly ServerMessageReader _reader = new ServerMessageReader();
        private readonly LogOnce _log;
        private Frame _taken; // in use until the next is taken: samples are read out of it

        public Mailbox(LogOnce log)
        {
            _log = log;
        }

        /// <summary>
        /// The next arrival, frames as messages; its kind is None where nothing waits. A message is valid until the
        /// next call.
        /// </summary>
        public Arrival Take(Inbox inbox)
        {
            if (_taken != null)
            {
                inbox.Return(_taken);
                _taken = null;
            }
            Arrival arrival = inbox.Take();
            if (arrival.Kind != ArrivalKind.Frame)
            {
                return arrival;
            }
            _taken = arrival.Frame;
            try
            {
                ServerMessage message = _reader.Read(_taken.Bytes, out string unfamiliar);
                if (unfamiliar != null)
                {
                    _log.Write(unfamiliar);
                }
                return Arrival.Of(message, arrival.At);
            }
            catch (ProtocolException nonsense)
            {
                return Arrival.Nonsense(nonsense.Message, arrival.At);
            }
        }
    }
}
