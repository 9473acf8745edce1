using System;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;
using TMPro;
using Unity.XR.CoreUtils;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// The whole client: put it on one object of a scene that has an XR Origin, and it makes the rest. Everything
    /// happens in one order in one Update: what has come from the server, hands, views; and what is to be sent in
    /// LateUpdate.
    /// </summary>
    public sealed class SynthVRApp : MonoBehaviour
    {
        [SerializeField] private XROrigin _origin;
        [SerializeField] private TMP_FontAsset _font;
        [SerializeField] private string _address = "";

        private readonly AppSettings _settings = new AppSettings();
        private readonly NetworkLocks _locks = new NetworkLocks();
        private readonly ServerMemory _memory = new ServerMemory();
        private RackClient _client;
        private ServerBrowser _browser;
        private AppViews _views;
        private PresenceReport _presence;
        private bool _wasSearching;

        /// <summary>The client; null before Start.</summary>
        public RackClient Client => _client;

        /// <summary>Where the player's tracking space is; found in the scene where it is not set.</summary>
        public XROrigin Origin
        {
            get => _origin;
            set => _origin = value;
        }

        /// <summary>Connects to a server; once it lets us in, it is remembered for the next start.</summary>
        public void Connect(Uri address) => _client.Connect(address, _memory.Choose(address, ""));

        private void Start()
        {
            enabled = false; // until all of it is there: an error here is told once, and not again in every frame
            _origin = _origin != null ? _origin : FindFirstObjectByType<XROrigin>();
            if (_origin == null || _origin.Camera == null)
            {
                Debug.LogError("SynthVR: the scene has no XR Origin with a camera.", this);
                return;
            }
            _client = new RackClient(new RackOptions
            {
                Name = _settings.Name, Color = _settings.Color, Person = _memory.Person, Log = Warn
            });
            _browser = new ServerBrowser(new UdpMulticast(), new MonotonicTime(), Warn, _locks);
            _views = new AppViews(transform, _origin, _font, _client, _browser, _memory, _settings);
            _presence = new PresenceReport(_client);
            _client.ConnectionChanged += Follow;
            _settings.Changed += Apply;
            _client.Streams.IsMetering = true;
            Apply(_settings);
            Search(true);
            ConnectAtStart();
            enabled = true;
        }

        private void ConnectAtStart()
        {
            if (ServerAddress.TryParse(_address, out Uri written))
            {
                Connect(written);
            }
            else if (_memory.Last != null)
            {
                Uri last = _memory.Last;
                _client.Connect(last, _memory.Choose(last, _memory.IdOfLast));
            }
            else
            {
                _views.ShowServers();
            }
        }

        private void Update()
        {
            _client.Pump();
            _browser.Pump();
            _views.Move(Time.unscaledDeltaTime);
            _presence.Report(_views);
        }

        private void LateUpdate() => _client.Flush();

        /// <summary>Looking for servers keeps the radio busy: only while there is none.</summary>
        private void Follow(ConnectionStatus status)
        {
            bool isOpen = status.State == ConnectionState.Open;
            _locks.StayAwake(isOpen);
            Search(!isOpen);
            if (isOpen)
            {
                _memory.KeepChosen();
            }
            else
            {
                _views.DropHands();
            }
            if (status.State == ConnectionState.Refused)
            {
                _views.ShowServers();
            }
        }

        private void Search(bool isWanted)
        {
            if (isWanted && !_wasSearching)
            {
                _browser.Start();
            }
            else if (!isWanted && _wasSearching)
            {
                _browser.Stop();
            }
            _wasSearching = isWanted;
        }

        private void Apply(AppSettings settings)
        {
            _client.Streams.IsListening = settings.HearsHere;
            _client.Introduce(settings.Name, settings.Color);
            _views.Apply(settings);
        }

        /// <summary>The headset is taken off, or put on: the socket may die meanwhile, and comes back by itself.</summary>
        private void OnApplicationPause(bool isPaused)
        {
            if (!enabled)
            {
                return;
            }
            if (!isPaused)
            {
                _client.Wake();
                return;
            }
            _views.DropHands();
            _client.Notes.EndAll();
            _client.Flush();
        }

        private void OnDestroy()
        {
            _client?.Dispose();
            _browser?.Dispose();
            _locks.Dispose();
        }

        private static void Warn(string sentence) => Debug.LogWarning("SynthVR: " + sentence);
    }
}
