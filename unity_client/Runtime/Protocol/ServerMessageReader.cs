using System;

namespace SynthVR.Protocol
{
    /// <summary>
    /// Turns frames into messages. What comes many times a second (turns, hold, meters, audio, scope, others_presence,
    /// pong) is read into the same object each time: it is valid until the next one of its type is read, and its samples
    /// only as long as the frame. After the first few, reading those allocates nothing. All other messages are the
    /// caller's. One thread at a time; more threads, more readers.
    /// </summary>
    public sealed class ServerMessageReader
    {
        private readonly TextCache _texts = new TextCache();
        private readonly Unfamiliar _unfamiliar = new Unfamiliar();
        private readonly ServerMessages _messages = new ServerMessages();

        /// <summary>
        /// Reads the message in a frame; null where a newer server sends a type that is not known here. Whatever else
        /// is not known is skipped, a command in a batch too: the fingerprint will then differ. What was skipped for
        /// the first time is told in <paramref name="unfamiliar"/>, else it is null. Throws ProtocolException, nothing
        /// else.
        /// </summary>
        public ServerMessage Read(ArraySegment<byte> frame, out string unfamiliar)
        {
            var reader = new MessagePackReader(frame, _texts, _unfamiliar);
            int fields = reader.ReadMapHeader();
            string type = reader.FindTag("type", fields);
            ServerMessage message = _messages.ToFill(type);
            if (message == null)
            {
                reader.NoteUnfamiliar("Message", type);
            }
            else
            {
                message.Fill(ref reader, fields);
                reader.End();
            }
            unfamiliar = _unfamiliar.Take();
            return message;
        }

        /// <summary>The type of the message in a frame, without reading more. Throws ProtocolException.</summary>
        public ServerMessageType TypeOf(ArraySegment<byte> frame)
        {
            var reader = new MessagePackReader(frame, _texts, _unfamiliar);
            return ServerMessages.TypeOf(reader.FindTag("type", reader.ReadMapHeader()));
        }

        /// <summary>One text of the message in a frame, without reading more. Throws ProtocolException.</summary>
        public string TextOf(ArraySegment<byte> frame, string field)
        {
            var reader = new MessagePackReader(frame, _texts, _unfamiliar);
            return reader.PeekTag(field);
        }
    }
}
