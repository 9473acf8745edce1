using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    /// <summary>
    /// A server without a network, as docs/protocol.md draws it: it takes frames only when it is told to, so that a
    /// test decides where exactly a connection breaks.
    /// </summary>
    internal sealed class FakeServer
    {
        private readonly PatchEntries _patch = new PatchEntries(change => { });
        private readonly List<FakeSocket> _connections = new List<FakeSocket>();
        private readonly List<Batch> _history = new List<Batch>();
        private readonly FakeKnobs _knobs;
        private readonly MessagePackWriter _writer = new MessagePackWriter();
        private readonly TextCache _texts = new TextCache();
        private int _clients;

        public FakeServer(FakeTime time)
        {
            Time = time;
            _knobs = new FakeKnobs(this);
        }

        public FakeTime Time { get; }

        public string Session { get; set; } = "session-1";

        /// <summary>What it wants in hello, or empty.</summary>
        public string PairingCode { get; set; } = "";

        public string Token { get; set; } = "token";

        public int Protocol { get; set; } = 1;

        /// <summary>Whether the batches that a client missed are still there.</summary>
        public bool CanResume { get; set; } = true;

        public long Revision { get; private set; }

        public Fingerprint Fingerprint => _patch.Fingerprint;

        public PatchEntries Patch => _patch;

        public IReadOnlyList<Batch> History => _history;

        public IReadOnlyList<FakeSocket> Connections => _connections;

        /// <summary>Every message that it has taken in, in order.</summary>
        public List<IClientMessage> Heard { get; } = new List<IClientMessage>();

        public void Arrive(FakeSocket socket)
        {
            _connections.Add(socket);
        }

        /// <summary>Takes in all that has arrived, and lets all answers arrive.</summary>
        public void Step()
        {
            foreach (FakeSocket socket in _connections.ToArray())
            {
                Process(socket);
                Deliver(socket);
            }
            foreach (FakeSocket socket in _connections.ToArray())
            {
                Deliver(socket);
            }
        }

        /// <summary>Takes in what has arrived over one connection; the answers stay on their way.</summary>
        public void Process(FakeSocket socket)
        {
            for (byte[] frame = socket.TakeSent(); frame != null; frame = socket.TakeSent())
            {
                var reader = new MessagePackReader(new ArraySegment<byte>(frame), _texts);
                IClientMessage message = ClientMessage.Read(ref reader);
                Heard.Add(message);
                Take(socket, message);
            }
        }

        /// <summary>Notices that a connection is gone.</summary>
        public void Leave(FakeSocket socket)
        {
            _connections.Remove(socket);
            if (socket.Client != null)
            {
                _knobs.Leave(socket.Client);
                TellAll(new Left(socket.Client));
            }
        }

        public void TellAll(ServerMessage message)
        {
            foreach (FakeSocket socket in _connections)
            {
                if (socket.Client != null)
                {
                    Tell(socket, message);
                }
            }
        }

        public void Tell(FakeSocket socket, ServerMessage message)
        {
            _writer.Clear();
            message.Write(_writer);
            var frame = new byte[_writer.Length];
            Buffer.BlockCopy(_writer.Written.Array, 0, frame, 0, frame.Length);
            socket.Put(frame);
        }

        /// <summary>Somebody else, or ourselves, changes the patch. Returns null, or why not.</summary>
        public string Edit(string client, Cause cause, params Command[] commands)
        {
            string refusal = Commands.Apply(_patch, commands);
            if (refusal == null)
            {
                _patch.ForgetChanges();
                Revision++;
                var batch = new Batch(Revision, client, cause, commands, _patch.Fingerprint.ToString(), "");
                _history.Add(batch);
                TellAll(batch);
            }
            return refusal;
        }

        private void Deliver(FakeSocket socket)
        {
            socket.Deliver();
        }

        private void Take(FakeSocket socket, IClientMessage message)
        {
            if (message is Hello)
            {
                Greet(socket, (Hello)message);
            }
            else if (message is Edit)
            {
                var edit = (Edit)message;
                string refusal = Edit(socket.Client, Cause.Edit, new List<Command>(edit.Commands).ToArray());
                Answer(socket, edit.Id, refusal);
            }
            else if (message is Ping)
            {
                Tell(socket, new Pong(((Ping)message).Time, new Clock(Time.Now + 1000, (long)(Time.Now * 48000))));
            }
            else if (message is Subscribe)
            {
                Answer(socket, ((Subscribe)message).Id, null);
            }
            else if (message is Unsubscribe)
            {
                Answer(socket, ((Unsubscribe)message).Id, null);
            }
            else if (message is ListPatches)
            {
                Tell(socket, new Library(((ListPatches)message).Id, new LibraryEntry[0], 0));
            }
            else if (message is LoadPatch)
            {
                Edit(socket.Client, Cause.Load, new Describe(((LoadPatch)message).Name));
                Answer(socket, ((LoadPatch)message).Id, null);
            }
            else if (message is Introduce)
            {
                Answer(socket, ((Introduce)message).Id, null);
            }
            else if (message is Undo)
            {
                Answer(socket, ((Undo)message).Id, RejectionCode.NothingToUndo);
            }
            else
            {
                _knobs.Take(socket, message);
            }
        }

        private void Answer(FakeSocket socket, int id, string refusal)
        {
            if (refusal == null)
            {
                Tell(socket, new Ack(id, Revision));
            }
            else
            {
                Tell(socket, new RejectedRequest(id, refusal, "It cannot be done.", 0));
            }
        }

        private void Greet(FakeSocket socket, Hello hello)
        {
            string token = hello.Code == PairingCode && PairingCode.Length > 0 ? Token : "";
            if (PairingCode.Length > 0 && token.Length == 0 && hello.Token != Token)
            {
                _connections.Remove(socket);
                socket.Break((int)CloseCode.NotPaired, "Enter the code that the server shows.");
                return;
            }
            bool resumes = CanResume && hello.Resume != null && hello.Resume.Value.Session == Session;
            var missed = new List<Batch>();
            if (resumes)
            {
                int known = (int)hello.Resume.Value.Revision;
                missed.AddRange(_history.GetRange(known, _history.Count - known));
            }
            socket.Client = "client-" + ++_clients;
            var clients = new List<ClientInfo>();
            foreach (FakeSocket other in _connections)
            {
                if (other.Client != null)
                {
                    clients.Add(new ClientInfo(other.Client, "somebody", ClientKind.Test, ""));
                }
            }
            TellOthers(socket, new Joined(new ClientInfo(socket.Client, hello.Name, hello.Kind, "")));
            Tell(socket, new Welcome(
                Protocol, "Fake 1.0", Session, socket.Client, clients, FakeCatalogue.Modules, new string[0], Revision,
                _patch.Fingerprint.ToString(), resumes ? null : Whole(), missed, new Clock(Time.Now + 1000, 0),
                new EngineStatus(EngineState.Playing, "Playing.", "clock", 48000, 64), token));
            _knobs.TellHolds(socket);
        }

        public void TellOthers(FakeSocket socket, ServerMessage message)
        {
            foreach (FakeSocket other in _connections)
            {
                if (other != socket && other.Client != null)
                {
                    Tell(other, message);
                }
            }
        }

        private Patch Whole()
        {
            var modules = new Dictionary<string, PlacedModule>();
            foreach (KeyValuePair<string, PlacedModule> module in _patch.Modules)
            {
                modules[module.Key] = module.Value;
            }
            var cables = new Dictionary<string, Cable>();
            foreach (KeyValuePair<string, Cable> cable in _patch.Cables)
            {
                cables[cable.Key] = cable.Value;
            }
            return new Patch(title: _patch.Words.Title, notes: _patch.Words.Notes, modules: modules, cables: cables);
        }
    }
}
