using System;
using System.IO;
using System.Text;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class HandshakeTest
    {
        // The example of RFC 6455 §1.3.
        private static readonly byte[] Nonce = Convert.FromBase64String("dGhlIHNhbXBsZSBub25jZQ==");
        private static readonly Handshake Asked =
            new Handshake(new Uri("ws://10.0.0.3:7340/socket"), "synthvr.v1.msgpack", Nonce);

        private const string Right =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "SEC-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
            + "Sec-WebSocket-Protocol: synthvr.v1.msgpack\r\n\r\n";

        [Test]
        public void AsksForTheSubprotocolAndNothingElse()
        {
            string request = Encoding.ASCII.GetString(Asked.Request());
            StringAssert.StartsWith("GET /socket HTTP/1.1\r\nHost: 10.0.0.3:7340\r\n", request);
            StringAssert.Contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", request);
            StringAssert.Contains("Sec-WebSocket-Protocol: synthvr.v1.msgpack\r\n", request);
            StringAssert.EndsWith("\r\n\r\n", request);
            Assert.That(request.Contains("Origin"), Is.False, "programs send none");
        }

        [Test]
        public void TheRightAnswerIsTakenAndNotAByteMore()
        {
            Stream stream = Says(Right + "\u0002");
            Asked.ReadAnswer(stream);
            Assert.That(stream.ReadByte(), Is.EqualTo(2));
        }

        [TestCase("HTTP/1.1 403 Forbidden\r\n\r\n", "403 Forbidden")]
        [TestCase("SSH-2.0-OpenSSH\r\n\r\n", "no web server")]
        [TestCase("HTTP/1.1 101 Switching Protocols\r\n\r\n", "does not speak websocket")]
        [TestCase("HTTP/1.1", "hung up")]
        public void AnyOtherAnswerIsToldInWords(string answer, string told)
        {
            var fault = Assert.Throws<SocketFault>(() => Asked.ReadAnswer(Says(answer)));
            StringAssert.Contains(told, fault.Message);
        }

        [Test]
        public void AServerThatSpeaksAnotherSubprotocolIsRefused()
        {
            string answer = Right.Replace("synthvr.v1.msgpack", "synthvr.v1.json");
            Assert.Throws<SocketFault>(() => Asked.ReadAnswer(Says(answer)));
        }

        [Test]
        public void AnAnswerWithoutAnEndIsGivenUp()
        {
            Assert.Throws<SocketFault>(() => Asked.ReadAnswer(Says(new string('x', 1 << 16))));
        }

        private static Stream Says(string answer)
        {
            return new MemoryStream(Encoding.ASCII.GetBytes(answer));
        }
    }
}
