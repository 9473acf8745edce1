using System;
using System.IO;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace SynthVR.Client
{
    /// <summary>
    /// A websocket over a TCP connection of its own (RFC 6455), with a thread that receives and one that sends. Not the
    /// runtime's ClientWebSocket: that one leaves Nagle's algorithm on, which holds a second small frame back until the
    /// first is acknowledged (20 ms for a knob's turn in the middle, measured), and allocates for every frame.
    /// </summary>
    public sealed class WebSocket : ISocket
    {
        private const int GoodbyeWithin = 1000; // ms
        private const int NormalClosure = 1000;

        private static readonly ArraySegment<byte> Normal =
            new ArraySegment<byte>(new[] { (byte)(NormalClosure >> 8), (byte)(NormalClosure & 0xFF) });

        private readonly SendQueue _queue = new SendQueue();
        private readonly TcpLine _line;
        private readonly ManualResetEvent _isOver = new ManualResetEvent(false);
        private readonly ManualResetEvent _isSaid = new ManualResetEvent(false);
        private ISocketListener _listener;
        private int _isClosed;
        private int _code;
        private string _reason = "";

        /// <summary>Not open yet.</summary>
        public WebSocket()
            : this(family => new Socket(family, SocketType.Stream, ProtocolType.Tcp))
        {
        }

        /// <summary><paramref name="sockets"/> makes the TCP socket it runs over.</summary>
        internal WebSocket(Func<AddressFamily, Socket> sockets)
        {
            _line = new TcpLine(sockets);
        }

        /// <inheritdoc/>
        public void Open(Uri address, string subprotocol, ISocketListener listener)
        {
            _listener = listener;
            Start("SynthVR receives", () => Live(address, subprotocol));
        }

        /// <inheritdoc/>
        public void Send(ArraySegment<byte> frame)
        {
            if (!_queue.Put(Opcode.Binary, frame))
            {
                _line.End();
            }
        }

        /// <inheritdoc/>
        public void Close()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0 && !_queue.End())
            {
                _line.End(); // nobody is there to say goodbye
            }
        }

        private void Live(Uri address, string subprotocol)
        {
            try
            {
                Stream stream = _line.Connect(address);
                ShakeHands(stream, address, subprotocol);
                _listener.Opened();
                Receive(new FrameReader(stream));
            }
            catch (Exception error)
            {
                _reason = error.Message; // whatever it is, the connection is over, and that is why
            }
            _queue.Drop();
            _isOver.Set();
            _line.Dispose();
            _listener.Closed(_code, _reason);
        }

        private void ShakeHands(Stream stream, Uri address, string subprotocol)
        {
            var random = new byte[20];
            using (RandomNumberGenerator generator = RandomNumberGenerator.Create())
            {
                generator.GetBytes(random);
            }
            var nonce = new byte[16];
            Array.Copy(random, nonce, nonce.Length);
            var handshake = new Handshake(address, subprotocol, nonce);
            byte[] request = handshake.Request();
            stream.Write(request, 0, request.Length);
            handshake.ReadAnswer(stream);
            var writer = new FrameWriter(stream, BitConverter.ToUInt32(random, nonce.Length));
            _queue.Begin();
            Start("SynthVR sends", () => SendAll(writer));
        }

        private void Receive(FrameReader reader)
        {
            while (true)
            {
                ArraySegment<byte> payload = reader.Read(out Opcode opcode);
                switch (opcode)
                {
                    case Opcode.Binary:
                        _listener.Received(payload);
                        break;
                    case Opcode.Ping:
                        _queue.Put(Opcode.Pong, payload);
                        break;
                    case Opcode.Close:
                        TakeGoodbye(payload);
                        return;
                    case Opcode.Text:
                        throw new SocketFault("The server sent a text where bytes are agreed on.");
                }
            }
        }

        private void TakeGoodbye(ArraySegment<byte> payload)
        {
            if (payload.Count >= 2)
            {
                _code = payload.Array[payload.Offset] << 8 | payload.Array[payload.Offset + 1];
                _reason = Encoding.UTF8.GetString(payload.Array, payload.Offset + 2, payload.Count - 2);
            }
            _queue.Drop();
            _queue.End(); // the sending thread answers with a goodbye of its own
            _isSaid.WaitOne(GoodbyeWithin);
        }

        private void SendAll(FrameWriter writer)
        {
            try
            {
                for (Frame frame = _queue.Take(); frame != null; frame = _queue.Take())
                {
                    writer.Write(frame.Opcode, frame.Bytes);
                    _queue.Return(frame);
                }
                writer.Write(Opcode.Close, Normal);
                _isSaid.Set();
                _isOver.WaitOne(GoodbyeWithin); // for the server's answer
            }
            catch (Exception error) when (error is IOException || error is ObjectDisposedException)
            {
                // The receiving thread finds it closed and tells why.
            }
            _line.End();
        }

        private static void Start(string name, ThreadStart act)
        {
            new Thread(act) { IsBackground = true, Name = name }.Start();
        }
    }
}
