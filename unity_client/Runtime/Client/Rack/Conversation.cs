using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Hands every message on to what it concerns, and keeps what is known of the session. Main thread.
    /// </summary>
    internal sealed class Conversation : IConversation
    {
        private readonly RackClient _rack;
        private readonly LogOnce _log;
        private readonly SessionIds _ids = new SessionIds();
        private PatchUpdates _updates;
        private Answers _answers;
        private Action<string> _startFresh;

        public Conversation(RackClient rack, LogOnce log)
        {
            _rack = rack;
            _log = log;
            ConnectionChanged = new Handlers<ConnectionStatus>("ConnectionChanged", log);
            TokenWasGiven = new Handlers<string>("TokenGiven", log);
        }

        public SessionIds Ids => _ids;

        /// <summary>
        /// Before the first message: <paramref name="startFresh"/> asks for the whole patch, for a reason.
        /// </summary>
        public void Begin(EditBook edits, Requests requests, Answers answers, Action<string> startFresh)
        {
            _updates = new PatchUpdates(_ids, _rack, edits, requests);
            _answers = answers;
            _startFresh = startFresh;
        }

        public ResumePoint? ResumePoint => _ids.Session.Length > 0 && _rack.Patch.Revision >= 0
            ? new ResumePoint(_ids.Session, _rack.Patch.Revision)
            : (ResumePoint?)null;

        public Handlers<ConnectionStatus> ConnectionChanged { get; }

        public Handlers<string> TokenWasGiven { get; }

        public void Changed(ConnectionStatus status)
        {
            ConnectionChanged.Raise(status);
        }

        public void TokenGiven(string token)
        {
            TokenWasGiven.Raise(token);
        }

        public void Lost()
        {
            _updates.Lose();
            _rack.Knobs.Disconnected();
            _rack.People.Clear();
            _rack.Meters.Clear();
        }

        public void Take(ServerMessage message, double at)
        {
            switch (message.Type)
            {
                case ServerMessageType.Welcome:
                    Take((Welcome)message);
                    break;
                case ServerMessageType.Batch:
                    Check(_updates.Take((Batch)message));
                    break;
                case ServerMessageType.Ack:
                    var ack = (Ack)message;
                    _updates.Answer(ack.Id, Reply.Done(ack.Revision));
                    break;
                case ServerMessageType.Library:
                    var library = (Library)message;
                    _updates.Answer(library.Id, Reply.Listed(library.Patches));
                    break;
                case ServerMessageType.RejectedRequest:
                    Take((RejectedRequest)message);
                    break;
                case ServerMessageType.Turns:
                    _rack.Knobs.Take((Turns)message);
                    break;
                case ServerMessageType.Hold:
                    _rack.Knobs.Take((Hold)message);
                    _rack.Hands.Take((Hold)message);
                    break;
                case ServerMessageType.Pong:
                    _rack.Hands.HeardBefore(((Pong)message).Time);
                    break;
                case ServerMessageType.Meters:
                    _rack.Meters.Take((Meters)message, at);
                    break;
                case ServerMessageType.Scope:
                    Take((Scope)message);
                    break;
                default:
                    TakeNews(message);
                    break;
            }
        }

        private void TakeNews(ServerMessage message)
        {
            switch (message.Type)
            {
                case ServerMessageType.Joined:
                    _rack.People.Take((Joined)message);
                    break;
                case ServerMessageType.Introduced:
                    _rack.People.Take((Introduced)message);
                    break;
                case ServerMessageType.Left:
                    Take((Left)message);
                    break;
                case ServerMessageType.OthersPresence:
                    _rack.People.Take((OthersPresence)message);
                    break;
                case ServerMessageType.EngineStatus:
                    Take((EngineStatus)message);
                    break;
                case ServerMessageType.CatalogueChange:
                    Take((CatalogueChange)message);
                    break;
                case ServerMessageType.ModuleFailed:
                    Take((ModuleFailed)message);
                    break;
                case ServerMessageType.Keeping:
                    var keeping = (Keeping)message;
                    _rack.Server.Take(keeping);
                    _answers.Tell("keeping", keeping.Sentence);
                    break;
                case ServerMessageType.Notice:
                    var notice = (Notice)message;
                    _answers.Tell(notice.Code, notice.Sentence);
                    break;
            }
        }

        private void Take(CatalogueChange change)
        {
            foreach (string problem in _rack.Server.Take(change))
            {
                _answers.Tell("module_file", problem);
            }
        }

        private void Take(Welcome welcome)
        {
            _ids.Take(welcome);
            _rack.Server.Take(welcome);
            _rack.People.Take(welcome);
            foreach (string problem in welcome.Problems)
            {
                _answers.Tell("module_file", problem);
            }
            Divergence divergence = _updates.Take(welcome);
            if (divergence == Divergence.None)
            {
                _rack.Streams.Reconnected();
                _rack.Notes.Reconnected();
            }
            Check(divergence);
        }

        private void Check(Divergence divergence)
        {
            if (divergence == Divergence.None)
            {
                return;
            }
            string sentence = Sentence(divergence);
            _rack.Server.Divergences++;
            _answers.Tell("diverged", sentence);
            _startFresh(sentence);
        }

        private static string Sentence(Divergence divergence)
        {
            switch (divergence)
            {
                case Divergence.Gap:
                    return "A change got lost on the way; the patch is being fetched again.";
                case Divergence.Refused:
                    return "A change did not fit the patch shown here; the patch is being fetched again.";
                default:
                    return "The patch shown here differed from the server's; it is being fetched again.";
            }
        }

        private void Take(RejectedRequest rejected)
        {
            if (rejected.Id != null)
            {
                _updates.Answer(rejected.Id.Value, Reply.Failed(rejected.Code, rejected.Sentence));
            }
            else if (rejected.Code != RejectionCode.Held) // the hand slips off its knob, and nothing need be said
            {
                _answers.Tell(rejected.Code, rejected.Sentence);
            }
        }

        private void Take(Left left)
        {
            _rack.Knobs.Left(left.Client);
            _rack.People.Take(left);
            _updates.Take(left);
        }

        private void Take(ModuleFailed failure)
        {
            if (_rack.Patch.Modules.ContainsKey(failure.Module))
            {
                _rack.Server.Take(failure);
                _answers.Tell("module_failed", failure.Sentence);
            }
        }

        private void Take(EngineStatus engine)
        {
            _rack.Clock.SetRate(engine.Rate);
            _rack.Server.Take(engine);
        }

        private void Take(Scope scope)
        {
            try
            {
                _rack.Scopes.Take(scope);
            }
            catch (ProtocolException nonsense)
            {
                _log.Write("A scope's samples make no sense: " + nonsense.Message);
            }
        }
    }
}
