using System;
using System.Net.WebSockets;
using System.Threading;

namespace SynthVR.Client
{
    /// <summary>A websocket by the runtime's own ClientWebSocket, with a thread that receives and one that sends.</summary>
    public sealed class WebSocket : ISocket
    {
        private const int LargestFrame = 64 << 20; // bytes: a welcome with a whole patch
        private const int FirstBuffer = 1 << 16;
        private const int GoodbyeMilliseconds = 1000;

        private readonly SendQueue _queue = new SendQueue();
        private readonly CancellationTokenSource _end = new CancellationTokenSource();
        private readonly ClientWebSocket _socket = new ClientWebSocket();
        private ISocketListener _listener;
        private int _isClosed;

        /// <inheritdoc/>
        public void Open(Uri address, string subprotocol, ISocketListener listener)
        {
            _listener = listener;
            _socket.Options.AddSubProtocol(subprotocol);
            new Thread(() => Receive(address)) { IsBackground = true, Name = "SynthVR receives" }.Start();
        }

        /// <inheritdoc/>
        public void Send(ArraySegment<byte> frame)
        {
            if (!_queue.Put(frame))
            {
                End();
            }
        }

        /// <inheritdoc/>
        public void Close()
        {
            _queue.End();
            if (_socket.State != WebSocketState.Open)
            {
                End();
            }
        }

        private void Receive(Uri address)
        {
            int code = 0;
            string reason = "";
            try
            {
                _socket.ConnectAsync(address, _end.Token).GetAwaiter().GetResult();
                new Thread(SendAll) { IsBackground = true, Name = "SynthVR sends" }.Start();
                _listener.Opened();
                ReceiveFrames();
                code = (int)(_socket.CloseStatus ?? 0);
                reason = _socket.CloseStatusDescription ?? "";
            }
            catch (Exception error)
            {
                reason = Innermost(error).Message; // whatever it is, the connection is over, and that is its reason
            }
            finally
            {
                _queue.End();
                End();
                _listener.Closed(code, reason);
            }
        }

        private void ReceiveFrames()
        {
            var buffer = new byte[FirstBuffer];
            int count = 0;
            while (true)
            {
                if (count == buffer.Length)
                {
                    if (count >= LargestFrame)
                    {
                        throw new InvalidOperationException("The server sent more than a message may hold.");
                    }
                    Array.Resize(ref buffer, 2 * buffer.Length);
                }
                var free = new ArraySegment<byte>(buffer, count, buffer.Length - count);
                WebSocketReceiveResult part = _socket.ReceiveAsync(free, _end.Token).GetAwaiter().GetResult();
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }
                count += part.Count;
                if (part.EndOfMessage)
                {
                    _listener.Received(new ArraySegment<byte>(buffer, 0, count));
                    count = 0;
                }
            }
        }

        private void SendAll()
        {
            try
            {
                for (Frame frame = _queue.Take(); frame != null; frame = _queue.Take())
                {
                    _socket.SendAsync(frame.Bytes, WebSocketMessageType.Binary, true, _end.Token)
                        .GetAwaiter().GetResult();
                    _queue.Return(frame);
                }
                _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", _end.Token)
                    .Wait(GoodbyeMilliseconds);
                _end.CancelAfter(GoodbyeMilliseconds); // for the server's answer
            }
            catch (Exception)
            {
                End(); // the receiving thread tells why
            }
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            {
                _end.Cancel();
                _socket.Abort();
            }
        }

        private static Exception Innermost(Exception error)
        {
            while (error.InnerException != null)
            {
                error = error.InnerException;
            }
            return error;
        }
    }
}
