using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    /// <summary>A client, and the fake server that it talks to, on fake time.</summary>
    internal sealed class Rig
    {
        private const double FrameSeconds = 1 / 72.0;

        public readonly List<string> Log = new List<string>();
        public readonly List<Remark> Told = new List<Remark>();
        public readonly List<ConnectionState> States = new List<ConnectionState>();

        public Rig()
            : this(new FakeServer(new FakeTime()))
        {
        }

        public Rig(FakeServer server)
        {
            Server = server;
            Time = server.Time;
            Client = new RackClient(new RackOptions
            {
                Name = "Ada",
                Kind = ClientKind.Test,
                Log = Log.Add,
                Sockets = NewSocket,
                Time = Time,
                Random = () => 0
            });
            Client.Told += Told.Add;
            Client.ConnectionChanged += status => States.Add(status.State);
        }

        public FakeTime Time { get; }

        public FakeServer Server { get; }

        public RackClient Client { get; }

        /// <summary>The client's newest connection.</summary>
        public FakeSocket Socket { get; private set; }

        /// <summary>Connects, and lets the server say welcome.</summary>
        public Rig Connect(string token = "")
        {
            Client.Connect(new Uri("ws://127.0.0.1:7340/socket"), token);
            Socket.Accept();
            Frames(3);
            return this;
        }

        /// <summary>One frame, in which the server hears and answers everything.</summary>
        public void Frame()
        {
            Client.Pump();
            Client.Flush();
            Server.Step();
            Time.Pass(FrameSeconds);
        }

        public void Frames(int count)
        {
            for (int frame = 0; frame < count; frame++)
            {
                Frame();
            }
            Client.Pump();
        }

        /// <summary>Frames in which the server does nothing.</summary>
        public void FramesAlone(int count)
        {
            for (int frame = 0; frame < count; frame++)
            {
                Client.Pump();
                Client.Flush();
                Time.Pass(FrameSeconds);
            }
            Client.Pump();
        }

        /// <summary>The connection is cut; the server notices, unless it is left standing there.</summary>
        public FakeSocket Cut(bool isNoticed = true)
        {
            FakeSocket socket = Socket;
            socket.Break();
            if (isNoticed)
            {
                Server.Leave(socket);
            }
            Client.Pump();
            return socket;
        }

        /// <summary>Waits until the client tries again, and lets it in.</summary>
        public void ComeBack()
        {
            FakeSocket before = Socket;
            for (int frame = 0; frame < 2000 && Socket == before; frame++)
            {
                FramesAlone(1);
            }
            Socket.Accept();
            Frames(3);
        }

        /// <summary>
        /// Comes back while the lost connection still stands at the server, which hears nothing over it.
        /// </summary>
        public void ComeBackBeside(FakeSocket lost)
        {
            while (Socket == lost)
            {
                FramesAlone(1);
            }
            Socket.Accept();
            FramesBeside(lost, 3);
        }

        /// <summary>Frames in which the server hears all but one connection.</summary>
        public void FramesBeside(FakeSocket lost, int count)
        {
            for (int frame = 0; frame < count; frame++)
            {
                Client.Pump();
                Client.Flush();
                foreach (FakeSocket socket in Server.Connections)
                {
                    if (socket != lost)
                    {
                        Server.Process(socket);
                        socket.Deliver();
                    }
                }
                Time.Pass(FrameSeconds);
            }
            Client.Pump();
        }

        private ISocket NewSocket()
        {
            Socket = new FakeSocket(Server);
            return Socket;
        }

        public static AddModule Add(string id, string type = "vco")
        {
            return new AddModule(id, new PlacedModule(type));
        }

        public static Connect Plug(string id, string from, string to)
        {
            return new Connect(id, new Cable(new JackId(from, "out"), new JackId(to, "in")));
        }
    }
}
