using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// The streams that somebody here looks at or listens to: asked for once each, and again after a reconnect. Main
    /// thread.
    /// </summary>
    public sealed class Streams
    {
        private const double AnswerWithin = 10; // s

        private static readonly StreamUse Master = new StreamUse(StreamName.Audio);
        private static readonly StreamUse Levels = new StreamUse(StreamName.Meters);

        private readonly Dictionary<StreamUse, int> _users = new Dictionary<StreamUse, int>();
        private readonly Requests _requests;
        private readonly Wire _wire;
        private readonly Answers _answers;

        internal Streams(Requests requests, Wire wire, Answers answers)
        {
            _requests = requests;
            _wire = wire;
            _answers = answers;
        }

        /// <summary>Whether the master output comes here, to <see cref="RackClient.Sound"/>.</summary>
        public bool IsListening
        {
            get { return _users.ContainsKey(Master); }
            set { Use(Master, value); }
        }

        /// <summary>Whether levels and load come here, to <see cref="RackClient.Meters"/>.</summary>
        public bool IsMetering
        {
            get { return _users.ContainsKey(Levels); }
            set { Use(Levels, value); }
        }

        internal void Begin(StreamUse stream)
        {
            int users;
            _users.TryGetValue(stream, out users);
            _users[stream] = users + 1;
            if (users == 0)
            {
                Subscribe(stream);
            }
        }

        /// <summary>What was begun once is ended once.</summary>
        internal void End(StreamUse stream)
        {
            int users;
            _users.TryGetValue(stream, out users);
            if (users > 1)
            {
                _users[stream] = users - 1;
            }
            else if (_users.Remove(stream) && _requests.TryBegin(AnswerWithin, TellNobody, out int id))
            {
                _wire.Send(new Unsubscribe(id, stream.Stream, stream.Module, stream.Jack));
            }
        }

        /// <summary>A new connection has no streams yet.</summary>
        internal void Reconnected()
        {
            foreach (StreamUse stream in new List<StreamUse>(_users.Keys))
            {
                Subscribe(stream);
            }
        }

        private void Use(StreamUse stream, bool isUsed)
        {
            if (isUsed && !_users.ContainsKey(stream))
            {
                Begin(stream);
            }
            else if (!isUsed && _users.ContainsKey(stream))
            {
                End(stream);
            }
        }

        private void Subscribe(StreamUse stream)
        {
            if (_requests.TryBegin(AnswerWithin, TellRejection, out int id))
            {
                _wire.Send(new Subscribe(id, stream.Stream, stream.Module, stream.Jack));
            }
        }

        /// <summary>Without a connection there is nothing to say: it is asked for again.</summary>
        private void TellRejection(Reply reply)
        {
            if (!reply.IsDone && reply.Code != Reply.NotConnected && reply.Code != Reply.Disconnected)
            {
                _answers.Tell(reply.Code, reply.Sentence);
            }
        }

        /// <summary>A stream that cannot be stopped has stopped already: its module is gone.</summary>
        private static void TellNobody(Reply reply)
        {
        }
    }
}
