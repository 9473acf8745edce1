using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// This client's whole state, and everything it can do. All of it belongs to the main thread: call <see cref="Pump"/>
    /// at the start of a frame and <see cref="Flush"/> at its end. Neither ever throws or waits; events are raised from
    /// Pump. Only <see cref="Sound"/> may be read from the audio thread.
    /// </summary>
    public sealed class RackClient : IDisposable
    {
        private const double AnswerWithin = 10; // s
        private const double LoadWithin = 30; // a patch with models to open takes its time
        private const double ShortestFlush = 0.006; // s: an editor without vsync must not outrun what the server takes
        private const int MostEdits = 10000; // that wait for a connection
        private const double MostUncertainty = 0.05; // s: a latency that may be further off is not worth showing

        private readonly ITimeSource _time;
        private readonly LogOnce _log;
        private readonly Conversation _conversation;
        private readonly Connection _connection;
        private readonly Handlers<ConnectionStatus> _connectionChanged;
        private readonly Handlers<Catalogue> _catalogueChanged;
        private readonly Handlers<EngineStatus> _engineChanged;
        private readonly Handlers<string> _tokenGiven;
        private readonly Handlers<Remark> _told;
        private Presence? _presence;
        private double _flushedAt = double.NegativeInfinity;
        private int _nextId;

        /// <summary>Connects to nothing yet.</summary>
        public RackClient(RackOptions options)
        {
            _time = options.Time;
            _log = new LogOnce(options.Log);
            _connectionChanged = new Handlers<ConnectionStatus>("ConnectionChanged", _log);
            _catalogueChanged = new Handlers<Catalogue>("CatalogueChanged", _log);
            _engineChanged = new Handlers<EngineStatus>("EngineChanged", _log);
            _tokenGiven = new Handlers<string>("TokenGiven", _log);
            _told = new Handlers<Remark>("Told", _log);
            Sound = new SoundStream(_time, options.OutputRate, options.SoundTargetSeconds);
            Clock = new ServerClock(_time);
            _conversation = new Conversation(this, _log) { StartFresh = StartFresh };
            _connection = new Connection(options.Sockets, _time, options.Random, _log, Sound, Clock, _conversation)
            {
                Name = options.Name, Kind = options.Kind
            };
            Patch = new PatchState(_log);
            Knobs = new KnobValues(Patch, type => Catalogue.Find(type), _log);
            Hands = new KnobHands(
                _connection.Wire, Knobs, _time, command => Edit(null, command), _conversation.Ids.IsSelf, _log);
            People = new People(_log);
            Meters = new LevelMeters(_log);
            Failures = new Failures(_log);
            _conversation.Edits = new EditBook(Patch, _connection.Wire, _log);
            _conversation.Streams = new Streams(AskForStream);
            Scopes = new Scopes(_conversation.Streams);
            Patch.ModuleRemoved += Hands.Forget;
            Patch.ModuleRemoved += Failures.Remove;
        }
    }
}
