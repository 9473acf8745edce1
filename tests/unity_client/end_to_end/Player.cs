using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using SynthVR.Client;
using SynthVR.Protocol;

namespace SynthVR.EndToEnd
{
    /// <summary>A client that is pumped 72 times a second, as in a headset.</summary>
    internal sealed class Player : IDisposable
    {
        public const double FrameSeconds = 1 / 72.0;

        private const double Patience = 120; // s: the server's first start compiles its modules

        private readonly MonotonicTime _time = new MonotonicTime();
        private readonly Uri _address;
        private double _nextFrame;

        public Player(Uri address, string name = "Quest")
        {
            _address = address;
            Rack = new RackClient(new RackOptions
            {
                Name = name,
                Kind = ClientKind.Headset,
                Log = sentence => Tell("log", sentence),
                Sockets = NewSocket
            });
            Rack.ConnectionChanged += Hear;
            Rack.Told += remark => Tell("told", remark.Code + " " + remark.Sentence);
        }

        public RackClient Rack { get; }

        /// <summary>The newest connection.</summary>
        public BreakableSocket Socket { get; private set; }

        /// <summary>How often the server has said welcome.</summary>
        public int Joins { get; private set; }

        /// <summary>When it said so last.</summary>
        public double JoinedAt { get; private set; }

        public double Now => _time.Now;

        public void Join()
        {
            Rack.Connect(_address);
            Until("welcome", () => Rack.Connection.State == ConnectionState.Open);
            Until("engine", () => Rack.Server.Engine.State == EngineState.Playing);
        }

        /// <summary>Takes out whatever is in the patch.</summary>
        public void Clear()
        {
            var commands = new List<Command>();
            foreach (string module in Rack.Patch.Modules.Keys)
            {
                commands.Add(new RemoveModule(module));
            }
            if (commands.Count > 0)
            {
                Edit(commands.ToArray());
            }
        }

        /// <summary>Edits the patch and waits for the answer; throws where it is rejected.</summary>
        public void Edit(params Command[] commands)
        {
            Reply? reply = null;
            Rack.Editor.Edit(given => reply = given, commands);
            Until("edit", () => reply != null);
            if (!reply.Value.IsDone)
            {
                throw new InvalidOperationException(reply.Value.Sentence);
            }
        }

        /// <summary>Goes through frames until something is true; throws where it does not become so.</summary>
        public void Until(string what, Func<bool> isTrue)
        {
            double end = Now + Patience;
            while (!isTrue())
            {
                if (Now > end)
                {
                    throw new TimeoutException("There was no " + what + ". " + Rack.Connection.Reason);
                }
                Frame();
            }
        }

        public void For(double seconds)
        {
            double end = Now + seconds;
            while (Now < end)
            {
                Frame();
            }
        }

        /// <summary>One frame, at the pace of a headset.</summary>
        public void Frame()
        {
            Rack.Pump();
            Rack.Flush();
            WaitForFrame();
        }

        public void WaitForFrame()
        {
            _nextFrame = Math.Max(_nextFrame + FrameSeconds, Now);
            int milliseconds = (int)(1000 * (_nextFrame - Now));
            if (milliseconds > 0)
            {
                Thread.Sleep(milliseconds);
            }
        }

        public void Tell(string name, object value)
        {
            string text = value is double ? ((double)value).ToString("R") : value.ToString().Replace('\n', ' ');
            lock (Console.Out)
            {
                Console.WriteLine(name + " " + text);
                Console.Out.Flush();
            }
        }

        public void Dispose()
        {
            Rack.Dispose();
            Socket?.Ended.WaitOne(2000); // so that the server hears the goodbye
        }

        private void Hear(ConnectionStatus status)
        {
            if (status.State == ConnectionState.Open)
            {
                Joins++;
                JoinedAt = Now;
            }
            Tell("connection", status.State + " " + status.Reason);
        }

        private ISocket NewSocket()
        {
            Socket = new BreakableSocket(new WebSocket());
            return Socket;
        }
    }
}
