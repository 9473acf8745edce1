using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Something that a socket's thread has to tell the main thread.</summary>
    internal readonly struct Arrival
    {
        private readonly double _at;
        private readonly int _bytes;

        private Arrival(
            ArrivalKind kind, Frame frame, ServerMessage message, double at, int code, string text, int bytes = 0)
        {
            Kind = kind;
            Frame = frame;
            Message = message;
            _at = at;
            Code = code;
            Text = text;
            _bytes = bytes;
        }

        public ArrivalKind Kind { get; }

        /// <summary>Of a frame: its bytes, to be returned to the inbox.</summary>
        public Frame Frame { get; }

        /// <summary>Of a message that was read already.</summary>
        public ServerMessage Message { get; }

        /// <summary>Local seconds.</summary>
        public double At => Frame == null ? _at : Frame.At;

        /// <summary>Of an end: the close code, or 0.</summary>
        public int Code { get; }

        /// <summary>Of an end: the reason. Of nonsense: what is wrong.</summary>
        public string Text { get; }

        /// <summary>Of a message or a frame: how many it came as.</summary>
        public int Bytes => Frame == null ? _bytes : Frame.Count;

        public static Arrival Opened(double at)
        {
            return new Arrival(ArrivalKind.Opened, null, null, at, 0, "");
        }

        public static Arrival Of(Frame frame)
        {
            return new Arrival(ArrivalKind.Frame, frame, null, 0, 0, "");
        }

        public static Arrival Of(ServerMessage message, double at, int bytes = 0)
        {
            return new Arrival(ArrivalKind.Message, null, message, at, 0, "", bytes);
        }

        public static Arrival Nonsense(string sentence, double at)
        {
            return new Arrival(ArrivalKind.Nonsense, null, null, at, 0, sentence);
        }

        public static Arrival Closed(int code, string reason, double at)
        {
            return new Arrival(ArrivalKind.Closed, null, null, at, code, reason);
        }
    }
}
