using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Who we are, and what lets us in.</summary>
    internal sealed class Introduction
    {
        private const int LongestName = 200; // code points, and as many UTF-16 units at least

        private readonly ClientKind _kind;
        private readonly string _person;

        public Introduction(RackOptions options)
        {
            _kind = options.Kind;
            _person = options.Person;
            Change(options.Name, options.Color);
        }

        public string Name { get; private set; }

        public string Color { get; private set; }

        /// <summary>The server's, from when it was paired with; empty where there is none.</summary>
        public string Token { get; set; } = "";

        /// <summary>The pairing code; used until the server has given a token for it, or refused it.</summary>
        public string Code { get; set; } = "";

        /// <summary>Another name or colour, from the next hello on. False where both are what they were.</summary>
        public bool Change(string name, string color)
        {
            string cut = name.Length > LongestName ? name.Substring(0, LongestName) : name;
            bool isAnother = cut != Name || color != Color;
            Name = cut;
            Color = color;
            return isAnother;
        }

        public Hello Hello(ResumePoint? resume)
        {
            return new Hello(Limits.ProtocolVersion, Name, _kind, resume, Token, Code, _person, Color);
        }

        /// <summary>We are in. True where the server has given a token for the code.</summary>
        public bool Take(Welcome welcome)
        {
            Code = "";
            bool isGiven = welcome.Token.Length > 0;
            Token = isGiven ? welcome.Token : Token;
            return isGiven;
        }
    }
}
