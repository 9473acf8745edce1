using System;
using System.Globalization;
using SynthVR.Client;
using SynthVR.Interaction;

namespace SynthVR.Views
{
    /// <summary>
    /// What the player can choose, and what is measured: ways on the network, sound, the engine's load.
    /// </summary>
    internal sealed class SettingsPage : IPage
    {
        private readonly RackClient _client;
        private readonly AppSettings _settings;
        private readonly SoundOut _sound;
        private readonly Action _comeHere;
        private readonly Passthrough _room;
        private readonly Action<IPage> _refill;
        private readonly Typing _name;
        private bool _isNaming;

        internal SettingsPage(
            RackClient client, AppSettings settings, SoundOut sound, Passthrough room, Action comeHere,
            Action<IPage> refill)
        {
            _client = client;
            _settings = settings;
            _sound = sound;
            _room = room;
            _comeHere = comeHere;
            _refill = refill;
            _name = new Typing(() => _refill(this));
            settings.Changed += changed => refill(this);
        }

        public string Name => "Settings";

        public bool IsLive => !_isNaming;

        public void Open() => _isNaming = false;

        public void Fill(Board board)
        {
            AppSettings now = _settings;
            if (_isNaming)
            {
                _name.Fill(board, "that is me", Call);
                return;
            }
            board.Toggle("Play the sound here, too", now.HearsHere, () => now.HearsHere = !now.HearsHere);
            board.Text(SoundSentence());
            board.Toggle("See the room", now.SeesRoom, () => now.SeesRoom = !now.SeesRoom);
            board.Text(now.SeesRoom ? _room.Problem : "");
            board.Toggle("Two hands do not scale the rack", now.KeepsScale, () => now.KeepsScale = !now.KeepsScale);
            board.Toggle("Cables hang", now.CablesHang, () => now.CablesHang = !now.CablesHang);
            board.Toggle("Left-handed", now.IsLeftHanded, () => now.IsLeftHanded = !now.IsLeftHanded);
            BoardRow row = board.Row(2);
            row.Add("bring the rack here", _comeHere);
            row.Add("I am " + now.Name, BeginNaming);
            board.Button("My colour: " + OwnColour.Name(now.Color), () => now.Color = OwnColour.Next(now.Color));
            board.Text(NetworkSentence());
            board.Text(EngineSentence());
        }

        private void BeginNaming()
        {
            _isNaming = true;
            _name.Text = _settings.Name;
            _refill(this);
        }

        private void Call(string name)
        {
            _isNaming = false;
            _settings.Name = name.Length > 0 ? name : _settings.Name;
        }

        private string SoundSentence()
        {
            if (_sound.Device.Problem.Length > 0)
            {
                return _sound.Device.Problem;
            }
            if (!_settings.HearsHere)
            {
                return "Off: listen at the computer, it is sooner.";
            }
            double? latency = _client.SoundLatency(_sound.Device.BufferSeconds);
            SoundState state = _client.Sound.State;
            return latency == null
                ? "Waiting for sound..."
                : Milliseconds(latency.Value) + " after the engine, without the headset's own; ran dry "
                    + state.Underruns + " times";
        }

        private string NetworkSentence()
        {
            LatencyStatistics ways = _client.Clock.RoundTrips;
            return ways.Count == 0
                ? "The way to the server has not been measured."
                : "To the server and back: " + Milliseconds(ways.P50) + ", the slowest of a hundred "
                    + Milliseconds(ways.P99);
        }

        private string EngineSentence()
        {
            int percent = (int)Math.Round(100.0 * _client.Meters.Load);
            return _client.Server.Engine == null
                ? ""
                : "Engine: " + percent + " % load, " + _client.Meters.LateBlocks + " late blocks. "
                    + _client.Server.Engine.Sentence;
        }

        private static string Milliseconds(double seconds)
        {
            return (1000.0 * seconds).ToString("0.0", CultureInfo.InvariantCulture) + " ms";
        }
    }
}
