using System;
using SynthVR.Client;
using SynthVR.Interaction;

namespace SynthVR.Views
{
    /// <summary>
    /// Which server: those found on the local network, or an address that is typed; and its pairing code, once.
    /// </summary>
    internal sealed class ConnectionPage : IPage
    {
        private const string AddressBegins = "192.168.";

        private readonly RackClient _client;
        private readonly ServerBrowser _browser;
        private readonly ServerMemory _memory;
        private readonly Action<IPage> _refill;
        private readonly Typing _address;
        private readonly Typing _code;
        private bool _isTyping;
        private string _sentence = "";

        internal ConnectionPage(
            RackClient client, ServerBrowser browser, ServerMemory memory, Action<IPage> refill)
        {
            _client = client;
            _browser = browser;
            _memory = memory;
            _refill = refill;
            _address = new Typing(() => _refill(this)) { Text = AddressBegins };
            _code = new Typing(() => _refill(this));
            browser.Changed += () => _refill(this);
            client.ConnectionChanged += status => _refill(this);
            client.TokenGiven += memory.KeepToken;
        }

        public string Name => "Server";

        public bool IsLive => false;

        public void Open() => _sentence = "";

        public void Fill(Board board)
        {
            ConnectionStatus status = _client.Connection;
            board.Text(Sentence(status));
            board.Text(_sentence);
            if (_isTyping)
            {
                _address.Fill(board, "connect", Connect);
            }
            else if (status.NeedsPairing)
            {
                board.Text("The server shows a pairing code: type it here, once.");
                _code.Fill(board, "pair", Pair);
            }
            foreach (FoundServer server in _browser.Servers)
            {
                FoundServer found = server;
                board.Button(found.Name + "   " + found.Address.Host, () => Connect(found.Address, found.Id));
            }
            if (_browser.Servers.Count == 0)
            {
                board.Text("No server found yet. Start one with: synthvr serve --lan");
            }
            BoardRow last = board.Row(2);
            last.Add(_isTyping ? "no address" : "address...", SwitchTyping);
            last.Add("disconnect", _client.Disconnect);
        }

        private string Sentence(in ConnectionStatus status)
        {
            switch (status.State)
            {
                case ConnectionState.Open:
                    return "Connected to " + _client.Server.Name + ".";
                case ConnectionState.Connecting:
                case ConnectionState.Greeting:
                    return "Connecting...";
                case ConnectionState.Waiting:
                    return "Lost: " + status.Reason + " Trying again.";
                case ConnectionState.Refused:
                    return status.Reason;
                default:
                    return "Not connected.";
            }
        }

        private void Connect(string typed)
        {
            bool isAddress = ServerAddress.TryParse(typed, out Uri address);
            if (isAddress)
            {
                Connect(address, "");
            }
            _sentence = isAddress ? "" : "That is no address: it looks like 192.168.1.20.";
            _refill(this);
        }

        private void Connect(Uri address, string id)
        {
            _isTyping = false;
            _client.Connect(address, _memory.Choose(address, id));
            _refill(this);
        }

        private void Pair(string code)
        {
            _code.Text = "";
            _client.Pair(code);
        }

        private void SwitchTyping()
        {
            _isTyping = !_isTyping;
            _refill(this);
        }
    }
}
