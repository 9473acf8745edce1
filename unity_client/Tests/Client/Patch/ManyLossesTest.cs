using System;
using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    /// <summary>Two people patch at once over a network that breaks all the time, at every point there is.</summary>
    public sealed class ManyLossesTest
    {
        private readonly Dictionary<string, Reply> _replies = new Dictionary<string, Reply>();
        private Random _random;
        private FakeServer _server;
        private int _edits;

        [Test]
        public void EveryEditIsAppliedOnceOrToldNotToBeAndAllAgree([Range(1, 20)] int seed)
        {
            _random = new Random(seed);
            _replies.Clear();
            _edits = 0;
            _server = new FakeServer(new FakeTime());
            _server.Edit("", Cause.Edit, Rig.Add("a"), Rig.Add("b", "vca"));
            Rig[] rigs = { new Rig(_server).Connect(), new Rig(_server).Connect() };
            var lost = new List<FakeSocket>();
            for (int turn = 0; turn < 400; turn++)
            {
                foreach (Rig rig in rigs)
                {
                    Act(rig, lost);
                }
                Step(rigs, lost);
            }
            Settle(rigs, lost);
            foreach (Rig rig in rigs)
            {
                Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
                Assert.That(rig.Client.Patch.Fingerprint, Is.EqualTo(_server.Fingerprint));
                Assert.That(rig.Client.Patch.IsConfirmed, Is.True);
                Assert.That(rig.Client.Server.Divergences, Is.EqualTo(0));
                Assert.That(rig.Log, Is.Empty);
            }
            Assert.That(_replies.Count, Is.EqualTo(_edits), "each edit is answered");
            foreach (KeyValuePair<string, Reply> reply in _replies)
            {
                Assert.That(TimesApplied(reply.Key), Is.EqualTo(reply.Value.IsDone ? 1 : 0), reply.Key);
            }
        }

        private void Act(Rig rig, List<FakeSocket> lost)
        {
            switch (_random.Next(12))
            {
                case 0:
                case 1:
                    Edit(rig, label => new SetLabel("a", label));
                    break;
                case 2:
                    Edit(rig, label => Rig.Add(label));
                    break;
                case 3:
                    Edit(rig, label => Rig.Plug(label, "a", "b")); // one at most fits
                    break;
                case 4:
                    if (rig.Client.Connection.State == ConnectionState.Open && _random.Next(4) == 0)
                    {
                        Cut(rig, lost);
                    }
                    break;
                case 5:
                    _server.Edit("", Cause.Edit, new SetKnob("a", "pitch", _random.NextDouble()));
                    break;
            }
        }

        private void Edit(Rig rig, Func<string, Command> command)
        {
            string name = "edit-" + ++_edits;
            rig.Client.Editor.Edit(reply => _replies.Add(name, reply), command(name));
        }

        /// <summary>At once or unnoticed; with what was sent arrived, lost, or still on its way.</summary>
        private void Cut(Rig rig, List<FakeSocket> lost)
        {
            FakeSocket socket = rig.Socket;
            switch (_random.Next(4))
            {
                case 0:
                    _server.Process(socket); // heard, and the answers are lost
                    break;
                case 1:
                    socket.LoseSent();
                    break;
            }
            bool isNoticed = _random.Next(2) == 0;
            if (isNoticed)
            {
                socket.LoseSent();
            }
            else
            {
                lost.Add(socket);
            }
            rig.Cut(isNoticed);
        }

        private void Step(Rig[] rigs, List<FakeSocket> lost)
        {
            foreach (Rig rig in rigs)
            {
                FakeSocket before = rig.Socket;
                rig.Client.Pump();
                rig.Client.Flush();
                if (rig.Socket != before)
                {
                    rig.Socket.Accept();
                }
            }
            foreach (FakeSocket socket in new List<FakeSocket>(_server.Connections))
            {
                if (!lost.Contains(socket) && _random.Next(3) > 0)
                {
                    _server.Process(socket);
                }
                if (_random.Next(3) > 0)
                {
                    socket.Deliver();
                }
            }
            if (lost.Count > 0 && _random.Next(40) == 0)
            {
                _server.Process(lost[0]); // late, and then the server notices
                _server.Leave(lost[0]);
                lost.RemoveAt(0);
            }
            _server.Time.Pass(1 / 72.0);
        }

        private void Settle(Rig[] rigs, List<FakeSocket> lost)
        {
            for (int step = 0; step < 3000; step++)
            {
                Step(rigs, lost);
            }
            foreach (Rig rig in rigs)
            {
                rig.Frames(2);
            }
        }

        private int TimesApplied(string name)
        {
            int times = 0;
            foreach (Batch batch in _server.History)
            {
                foreach (Command command in batch.Commands)
                {
                    bool isIt = command is SetLabel && ((SetLabel)command).Label == name
                        || command is AddModule && ((AddModule)command).Id == name
                        || command is Connect && ((Connect)command).Id == name;
                    times += isIt ? 1 : 0;
                }
            }
            return times;
        }
    }
}
