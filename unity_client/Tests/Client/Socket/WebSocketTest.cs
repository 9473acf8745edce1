using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    /// <summary>Over a real TCP connection on this machine; whatever is waited for comes as an event.</summary>
    public sealed class WebSocketTest
    {
        private const int Patience = 10000; // ms

        private TcpListener _server;
        private Heard _heard;
        private WebSocket _socket;

        [SetUp]
        public void Listen()
        {
            _server = new TcpListener(IPAddress.Loopback, 0);
            _server.Start();
            _heard = new Heard();
            _socket = new WebSocket();
        }

        [TearDown]
        public void Stop()
        {
            _socket.Close();
            _server.Stop();
        }

        [Test]
        public void NobodyAtTheAddressIsToldAsTheEnd()
        {
            var port = ((IPEndPoint)_server.LocalEndpoint).Port;
            _server.Stop();
            _socket.Open(new Uri("ws://127.0.0.1:" + port + "/socket"), "synthvr.v1.msgpack", _heard);
            StringAssert.StartsWith("closed 0 ", _heard.Next());
        }

        [Test]
        public void AServerThatIsNoneIsToldAsTheEnd()
        {
            using (TcpClient peer = Open())
            {
                ReadRequest(peer);
                Write(peer, System.Text.Encoding.ASCII.GetBytes("HTTP/1.1 404 Not Found\r\n\r\n"));
                Assert.That(_heard.Next(), Is.EqualTo("closed 0 The server answered 404 Not Found."));
            }
        }

        [Test]
        public void ClosingBeforeItIsOpenEndsIt()
        {
            using (TcpClient peer = Open())
            {
                ReadRequest(peer);
                _socket.Close();
                _socket.Close();
                StringAssert.StartsWith("closed 0 ", _heard.Next());
            }
        }

        [Test]
        public void FramesPassBothWaysAndTheServersReasonIsTold()
        {
            using (TcpClient peer = Open())
            {
                Accept(peer, ReadRequest(peer));
                Assert.That(_heard.Next(), Is.EqualTo("opened"));
                Write(peer, 0x82, 3, 1, 2, 3);
                Assert.That(_heard.Next(), Is.EqualTo("received 1-2-3"));
                _socket.Send(new ArraySegment<byte>(new byte[] { 9, 8, 7 }, 1, 2));
                var frame = Read(peer, 8);
                Assert.That(frame[0], Is.EqualTo(0x82));
                Assert.That(frame[1], Is.EqualTo(0x82));
                Write(peer, 0x89, 1, 42); // a ping
                Assert.That(Read(peer, 7)[0], Is.EqualTo(0x8A));
                Write(peer, 0x88, 4, 0x11, 0x31, (byte)'n', (byte)'o');
                Assert.That(_heard.Next(), Is.EqualTo("closed 4401 no"));
                Assert.That(Read(peer, 8)[0], Is.EqualTo(0x88), "it says goodbye, too");
            }
        }

        [Test]
        public void WhatWasSentBeforeTheCloseArrives()
        {
            using (TcpClient peer = Open())
            {
                Accept(peer, ReadRequest(peer));
                _heard.Next();
                _socket.Send(new ArraySegment<byte>(new byte[100]));
                _socket.Close();
                Assert.That(Read(peer, 106)[0], Is.EqualTo(0x82));
                Assert.That(Read(peer, 8)[0], Is.EqualTo(0x88));
                Write(peer, 0x88, 2, 0x03, 0xE8);
                StringAssert.StartsWith("closed 1000", _heard.Next());
            }
        }

        private TcpClient Open()
        {
            var port = ((IPEndPoint)_server.LocalEndpoint).Port;
            _socket.Open(new Uri("ws://127.0.0.1:" + port + "/socket"), "synthvr.v1.msgpack", _heard);
            TcpClient peer = _server.AcceptTcpClient();
            peer.ReceiveTimeout = Patience;
            return peer;
        }

        private static string ReadRequest(TcpClient peer)
        {
            var reader = new StreamReader(peer.GetStream());
            string key = "";
            for (string line = reader.ReadLine(); line.Length > 0; line = reader.ReadLine())
            {
                key = line.StartsWith("Sec-WebSocket-Key: ") ? line.Substring(19) : key;
            }
            return key;
        }

        private static void Accept(TcpClient peer, string key)
        {
            var handshake = new Handshake(new Uri("ws://x/"), "synthvr.v1.msgpack", Convert.FromBase64String(key));
            Write(peer, System.Text.Encoding.ASCII.GetBytes(
                "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + handshake.Accept()
                + "\r\nSec-WebSocket-Protocol: synthvr.v1.msgpack\r\n\r\n"));
        }

        private static void Write(TcpClient peer, params byte[] bytes)
        {
            peer.GetStream().Write(bytes, 0, bytes.Length);
        }

        private static byte[] Read(TcpClient peer, int count)
        {
            var bytes = new byte[count];
            for (int read = 0; read < count;)
            {
                int part = peer.GetStream().Read(bytes, read, count - read);
                Assert.That(part, Is.GreaterThan(0), "the connection ended");
                read += part;
            }
            return bytes;
        }

        private sealed class Heard : ISocketListener
        {
            private readonly BlockingCollection<string> _events = new BlockingCollection<string>();

            public string Next()
            {
                Assert.That(_events.TryTake(out string next, Patience), Is.True, "nothing was heard");
                return next;
            }

            public void Opened()
            {
                _events.Add("opened");
            }

            public void Received(ArraySegment<byte> frame)
            {
                _events.Add("received " + string.Join("-", frame));
            }

            public void Closed(int code, string reason)
            {
                _events.Add("closed " + code + " " + reason);
            }
        }
    }
}
