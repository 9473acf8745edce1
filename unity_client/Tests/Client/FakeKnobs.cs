using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    /// <summary>Who holds which knob at the fake server. A hold ends at once when the hand lets go.</summary>
    internal sealed class FakeKnobs
    {
        private readonly Dictionary<KnobId, string> _holders = new Dictionary<KnobId, string>();
        private readonly Dictionary<KnobId, double> _values = new Dictionary<KnobId, double>();
        private readonly FakeServer _server;

        public FakeKnobs(FakeServer server)
        {
            _server = server;
        }

        public void Take(FakeSocket socket, IClientMessage message)
        {
            if (message is Grab)
            {
                TryHold(socket, new KnobId(((Grab)message).Module, ((Grab)message).Knob));
            }
            else if (message is Turn)
            {
                var turn = (Turn)message;
                var knob = new KnobId(turn.Module, turn.Knob);
                if (TryHold(socket, knob))
                {
                    _values[knob] = turn.Value;
                    var turned = new TurnedKnob(turn.Module, turn.Knob, turn.Value, socket.Client);
                    _server.TellOthers(socket, new Turns(new List<TurnedKnob> { turned }));
                }
            }
            else if (message is Release)
            {
                End(new KnobId(((Release)message).Module, ((Release)message).Knob), socket.Client);
            }
        }

        public void TellHolds(FakeSocket socket)
        {
            foreach (KeyValuePair<KnobId, string> hold in _holders)
            {
                _server.Tell(socket, new Hold(hold.Key.Module, hold.Key.Knob, hold.Value));
            }
        }

        public void Leave(string client)
        {
            foreach (KnobId knob in new List<KnobId>(_holders.Keys))
            {
                End(knob, client);
            }
        }

        private bool TryHold(FakeSocket socket, KnobId knob)
        {
            string holder;
            if (!_holders.TryGetValue(knob, out holder))
            {
                _holders[knob] = holder = socket.Client;
                _server.TellAll(new Hold(knob.Module, knob.Knob, holder));
            }
            if (holder != socket.Client)
            {
                _server.Tell(socket, new RejectedRequest(null, RejectionCode.Held, "Somebody else holds it.", 0));
            }
            return holder == socket.Client;
        }

        private void End(KnobId knob, string client)
        {
            string holder;
            double value;
            if (!_holders.TryGetValue(knob, out holder) || holder != client)
            {
                return;
            }
            if (_values.TryGetValue(knob, out value))
            {
                _values.Remove(knob);
                _server.Edit(client, Cause.Knob, new SetKnob(knob.Module, knob.Knob, value));
            }
            _holders.Remove(knob);
            _server.TellAll(new Hold(knob.Module, knob.Knob, null));
        }
    }
}
