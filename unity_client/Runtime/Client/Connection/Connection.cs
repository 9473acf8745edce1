using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Keeps a connection to the server: opens sockets, says hello, hands on what comes, notices silence, and comes
    /// back after a loss. Belongs to the main thread; everything happens in <see cref="Pump"/>.
    /// </summary>
    internal sealed class Connection
    {
        private const double OpenWithin = 10;
        private const double WelcomeWithin = 120; // the first start of a server compiles its modules
        private const int MostInFrame = 500; // arrivals
        private const double LongestInFrame = 0.008; // seconds; the rest waits for the next frame
        private const double SteadyAfter = 10; // what broke at once may break again: only then is a retry soon again

        private readonly Func<ISocket> _sockets;
        private readonly ITimeSource _time;
        private readonly LogOnce _log;
        private readonly SoundStream _sound;
        private readonly IConversation _conversation;
        private readonly Backoff _backoff;
        private readonly Pinging _pinging;
        private readonly Mailbox _mailbox;
        private ISocket _socket;
        private Inbox _inbox;
        private double _until; // when it ends by itself
        private bool _isFresh = true;

        public Connection(
            RackOptions options, LogOnce log, SoundStream sound, ServerClock clock, IConversation conversation)
        {
            _sockets = options.Sockets;
            _time = options.Time;
            Introduction = new Introduction(options);
            _mailbox = new Mailbox(log);
            _log = log;
            _sound = sound;
            _conversation = conversation;
            _backoff = new Backoff(options.Random);
            _pinging = new Pinging(Wire, clock);
        }

        public Wire Wire { get; } = new Wire();

        public ConnectionStatus Status { get; private set; }

        /// <summary>The server that was asked for last; null before the first.</summary>
        public Uri Address { get; private set; }

        public Introduction Introduction { get; }

        /// <summary>Connects to another address, or again to the same.</summary>
        public void Start(Uri address)
        {
            HangUp();
            _isFresh |= Address != address;
            Address = address;
            _backoff.Reset();
            Open();
        }

        /// <summary>Ends the connection; it is not tried again. A later start resumes.</summary>
        public void Stop()
        {
            HangUp();
            Enter(ConnectionState.Idle, "", 0, 0, double.PositiveInfinity);
        }

        /// <summary>Comes in again and asks for the whole patch: what is here can no longer be trusted.</summary>
        public void StartFresh(string reason)
        {
            _isFresh = true;
            if (Status.State != ConnectionState.Idle)
            {
                Lose(0, reason);
            }
        }

        /// <summary>Asks the server at once whether it is still there, and for its clock.</summary>
        public void Wake()
        {
            if (Status.State == ConnectionState.Open)
            {
                _pinging.Hurry(_time.Now);
            }
        }

        /// <summary>Handles what has come, and what is due.</summary>
        public void Pump()
        {
            HandleWaiting(_time.Now + LongestInFrame);
            double now = _time.Now;
            if (now >= _until)
            {
                Overdue();
            }
            if (Status.State == ConnectionState.Open && !_pinging.Continue(now, _inbox.HeardAt))
            {
                Lose(0, "The server has stopped answering.");
            }
        }

        /// <summary>What waits now, and no more than a frame can bear: a server may go on and on.</summary>
        private void HandleWaiting(double until)
        {
            int left = Math.Min(MostInFrame, _inbox?.Waiting ?? 0);
            for (; left > 0 && _inbox != null; left--)
            {
                Handle(_mailbox.Take(_inbox));
                if (_time.Now >= until)
                {
                    return;
                }
            }
        }

        private void Handle(Arrival arrival)
        {
            switch (arrival.Kind)
            {
                case ArrivalKind.None:
                    break;
                case ArrivalKind.Opened:
                    SayHello();
                    break;
                case ArrivalKind.Message:
                    Take(arrival.Message, arrival.At);
                    break;
                case ArrivalKind.Nonsense:
                    Distrust(arrival.Text);
                    break;
                default:
                    Lose(arrival.Code, arrival.Text);
                    break;
            }
        }

        private void Take(ServerMessage message, double at)
        {
            if (message == null)
            {
                return; // of a newer server
            }
            if (message.Type == ServerMessageType.Welcome)
            {
                Enter((Welcome)message, at);
            }
            else if (Status.State != ConnectionState.Open)
            {
                Distrust("The server said something before its welcome.");
            }
            else if (message.Type != ServerMessageType.Pong || _pinging.Take((Pong)message, at))
            {
                _conversation.Take(message, at);
            }
        }

        private void Enter(Welcome welcome, double at)
        {
            if (Status.State != ConnectionState.Greeting)
            {
                Distrust("The server said welcome twice.");
                return;
            }
            if (welcome.Protocol != Limits.ProtocolVersion)
            {
                string sentence = "The server speaks version " + welcome.Protocol + " of the protocol.";
                Lose((int)CloseCode.WrongVersion, sentence);
                return;
            }
            if (Introduction.Take(welcome))
            {
                _conversation.TokenGiven(welcome.Token);
            }
            _isFresh = false;
            Wire.Attach(_socket, true);
            _pinging.Start(welcome, at);
            Enter(ConnectionState.Open, "", 0, 0, _time.Now + SteadyAfter);
            _conversation.Take(welcome, at);
        }

        private void SayHello()
        {
            Enter(ConnectionState.Greeting, "", 0, 0, _time.Now + WelcomeWithin);
            ResumePoint? resume = _isFresh ? null : _conversation.ResumePoint;
            Wire.Attach(_socket, false);
            Wire.SendNow(Introduction.Hello(resume));
        }

        private void Overdue()
        {
            switch (Status.State)
            {
                case ConnectionState.Waiting:
                    Open();
                    break;
                case ConnectionState.Open:
                    _backoff.Reset();
                    _until = double.PositiveInfinity;
                    break;
                case ConnectionState.Connecting:
                    Lose(0, "The server does not answer.");
                    break;
                case ConnectionState.Greeting:
                    Lose(0, "The server has not said welcome.");
                    break;
            }
        }

        private void Open()
        {
            _inbox = new Inbox(_sound, _time, _log);
            _socket = _sockets();
            Enter(ConnectionState.Connecting, "", 0, 0, _time.Now + OpenWithin);
            _socket.Open(Address, Limits.SubprotocolMsgpack, _inbox);
        }

        /// <summary>
        /// What came is no message: whatever the reason, the next connection starts from the whole patch.
        /// </summary>
        private void Distrust(string sentence)
        {
            _log.Write("The server sent something that makes no sense: " + sentence);
            StartFresh("The server sent something that makes no sense.");
        }

        private void Lose(int code, string reason)
        {
            HangUp();
            bool isRefused = code == (int)CloseCode.NotPaired || code == (int)CloseCode.WrongVersion;
            if (isRefused)
            {
                Introduction.Code = ""; // it was wrong, or has been replaced
                Enter(ConnectionState.Refused, reason, 0, code, double.PositiveInfinity);
                return;
            }
            double seconds = _backoff.Next();
            Enter(ConnectionState.Waiting, reason, seconds, code, _time.Now + seconds);
        }

        private void HangUp()
        {
            if (_socket == null)
            {
                return;
            }
            _inbox.Close();
            _inbox = null;
            _socket.Close();
            _socket = null;
            Wire.Attach(null, false);
            _conversation.Lost();
        }

        private void Enter(ConnectionState state, string reason, double retrySeconds, int code, double until)
        {
            _until = until;
            Status = new ConnectionStatus(state, reason ?? "", retrySeconds, code);
            _conversation.Changed(Status);
        }
    }
}
