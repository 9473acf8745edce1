using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// This client's whole state, and everything it can do. All of it belongs to the main thread: call <see
    /// cref="Pump"/> at the start of a frame and <see cref="Flush"/> at its end. Neither ever throws or waits; events
    /// are raised from Pump. Only <see cref="Sound"/> may be read from the audio thread.
    /// </summary>
    public sealed class RackClient : IDisposable
    {
        private const double ShortestFlush = 0.006; // s: an editor without vsync must not outrun what the server takes
        private const double AnswerWithin = 10; // s
        private const double MostUncertainty = 0.05; // s: a latency that may be further off is not worth showing

        private readonly ITimeSource _time;
        private readonly LogOnce _log;
        private readonly Answers _answers;
        private readonly Conversation _conversation;
        private readonly Connection _connection;
        private readonly Requests _requests;
        private readonly EditBook _edits;
        private double _flushedAt = double.NegativeInfinity;

        /// <summary>Connects to nothing yet.</summary>
        public RackClient(RackOptions options)
        {
            _time = options.Time;
            _log = new LogOnce(options.Log);
            _answers = new Answers(_log);
            Sound = new SoundStream(_time, options.OutputRate, options.SoundTargetSeconds);
            Clock = new ServerClock(_time);
            Server = new ServerState(_log);
            People = new People(_log);
            Meters = new LevelMeters(_log);
            Patch = new PatchState(_log);
            Knobs = new KnobValues(Patch, type => Server.Catalogue.Find(type), _log);
            _conversation = new Conversation(this, _log);
            _connection = new Connection(options, _log, Sound, Clock, _conversation);
            Wire wire = _connection.Wire;
            _requests = new Requests(wire, _time, _answers);
            _edits = new EditBook(Patch, wire, _answers);
            Streams = new Streams(_requests, wire, _answers);
            Scopes = new Scopes(Streams);
            Notes = new NotePlayer(wire);
            Presence = new OwnPresence(wire);
            Hands = new KnobHands(wire, Knobs, _time, set => Editor.Edit(set), _conversation.Ids.IsSelf, _log);
            Editor = new PatchEditor(_edits, _requests, wire, Hands, _answers, options.Random);
            Library = new PatchLibrary(_requests, wire);
            _conversation.Begin(_edits, _requests, _answers, _connection.StartFresh);
            Patch.ModuleRemoved += Hands.Forget;
            Patch.ModuleRemoved += Server.Forget;
        }

        /// <summary>The connection stands differently than before.</summary>
        public event Action<ConnectionStatus> ConnectionChanged
        {
            add { _conversation.ConnectionChanged.Add(value); }
            remove { _conversation.ConnectionChanged.Remove(value); }
        }

        /// <summary>
        /// The server has given a token for its pairing code: keep it, and connect with it from now on.
        /// </summary>
        public event Action<string> TokenGiven
        {
            add { _conversation.TokenWasGiven.Add(value); }
            remove { _conversation.TokenWasGiven.Remove(value); }
        }

        /// <summary>Something that people should know.</summary>
        public event Action<Remark> Told
        {
            add { _answers.Told.Add(value); }
            remove { _answers.Told.Remove(value); }
        }

        /// <summary>How the connection stands.</summary>
        public ConnectionStatus Connection => _connection.Status;

        /// <summary>Id of this client; empty before the first welcome.</summary>
        public string Id => _conversation.Ids.Self;

        /// <summary>The patch as it is shown.</summary>
        public PatchState Patch { get; }

        /// <summary>Where knobs stand, and who holds them.</summary>
        public KnobValues Knobs { get; }

        /// <summary>Our own hands on knobs.</summary>
        public KnobHands Hands { get; }

        /// <summary>Changes the patch.</summary>
        public PatchEditor Editor { get; }

        /// <summary>The server's patches.</summary>
        public PatchLibrary Library { get; }

        /// <summary>What the server has told of itself: catalogue, engine, failures.</summary>
        public ServerState Server { get; }

        /// <summary>Everybody who is connected.</summary>
        public People People { get; }

        /// <summary>Levels and load, while <see cref="Streams.IsMetering"/>.</summary>
        public LevelMeters Meters { get; }

        /// <summary>Which streams come here.</summary>
        public Streams Streams { get; }

        /// <summary>Notes played from here.</summary>
        public NotePlayer Notes { get; }

        /// <summary>Where our head and hands are.</summary>
        public OwnPresence Presence { get; }

        /// <summary>Jacks that are looked at.</summary>
        public Scopes Scopes { get; }

        /// <summary>The master output, while <see cref="Streams.IsListening"/>.</summary>
        public SoundStream Sound { get; }

        /// <summary>The server's clock, and the ways there and back.</summary>
        public ServerClock Clock { get; }

        /// <summary>
        /// Connects to a server, or to another one; it is tried again by itself until <see cref="Disconnect"/>. A
        /// server on another machine wants the <paramref name="token"/> that it gave when it was paired with.
        /// </summary>
        public void Connect(Uri address, string token = "")
        {
            _connection.Introduction.Token = token ?? "";
            _connection.Start(address);
        }

        /// <summary>Connects again with the pairing code that the server shows.</summary>
        public void Pair(string code)
        {
            _connection.Introduction.Code = code ?? "";
            _connection.Start(_connection.Address);
        }

        /// <summary>Another name and colour (#rrggbb, or empty for the server's choice): everybody hears of it.</summary>
        public void Introduce(string name, string color = "")
        {
            Introduction own = _connection.Introduction;
            if (own.Change(name, color) && _connection.Wire.IsOpen
                && _requests.TryBegin(AnswerWithin, null, out int id))
            {
                _connection.Wire.Send(new Introduce(id, own.Name, own.Color));
            }
        }

        /// <summary>
        /// The machine may have slept: its clock may have stood still, and the connection may be dead. The server is
        /// asked at once, and has less time to answer than at other times.
        /// </summary>
        public void Wake() => _connection.Wake();

        /// <summary>Ends the connection. Connecting to the same server again resumes.</summary>
        public void Disconnect()
        {
            _connection.Stop();
            _requests.LoseAll();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Disconnect();
        }

        /// <summary>Handles all that has come since the last frame. At the start of every frame.</summary>
        public void Pump()
        {
            try
            {
                _answers.Begin();
                _connection.Pump();
                _requests.Expire();
                Knobs.Advance(_time.Now);
                Patch.Raise();
            }
            catch (Exception error)
            {
                Recover(error);
            }
        }

        /// <summary>Sends the newest of what moves: knobs and presence. At the end of every frame.</summary>
        public void Flush()
        {
            double now = _time.Now;
            if (now - _flushedAt < ShortestFlush)
            {
                return;
            }
            _flushedAt = now;
            try
            {
                Hands.Flush();
                _edits.SendDue();
                Presence.Flush();
            }
            catch (Exception error)
            {
                Recover(error);
            }
        }

        /// <summary>An error of our own: what is here can no longer be trusted, and is fetched again.</summary>
        private void Recover(Exception error)
        {
            _log.Write("A frame went wrong: " + error);
            try
            {
                _connection.StartFresh("Something went wrong here; the patch is being fetched again.");
            }
            catch (Exception worse)
            {
                _log.Write("The connection could not be begun anew: " + worse);
            }
        }

        /// <summary>
        /// What is known of a module of the patch; for a ghost, what its cables tell; null where there is none.
        /// </summary>
        public ModuleInfo Info(string module)
        {
            PlacedModule placed;
            return Patch.Modules.TryGetValue(module, out placed)
                ? Server.Catalogue.Find(placed.Type) ?? Ghost.Info(module, placed, Patch)
                : null;
        }

        /// <summary>
        /// Seconds from the engine's clock to the loudspeaker, of which <paramref name="deviceSeconds"/> are the sound
        /// device's own; null where it is not known.
        /// </summary>
        public double? SoundLatency(double deviceSeconds)
        {
            long frame;
            double at;
            return Clock.Uncertainty < MostUncertainty && Sound.TryGetPlayed(out frame, out at)
                ? Clock.At(at) - Clock.TimeOfFrame(frame) + deviceSeconds
                : (double?)null;
        }
    }
}
