using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Who we are, and what lets us in.</summary>
    internal sealed class Introduction
    {
        private const int LongestName = 200; // code points, and as many UTF-16 units at least

        private readonly string _name;
        private readonly ClientKind _kind;
        private readonly string _person;
        private readonly string _color;

        public Introduction(RackOptions options)
        {
            string name = options.Name;
            _name = name.Length > LongestName ? name.Substring(0, LongestName) : name;
            _kind = options.Kind;
            _person = options.Person;
            _color = options.Color;
        }

        /// <summary>The server's, from when it was paired with; empty where there is none.</summary>
        public string Token { get; set; } = "";

        /// <summary>The pairing code; used until the server has given a token for it, or refused it.</summary>
        public string Code { get; set; } = "";

        public Hello Hello(ResumePoint? resume)
        {
            return new Hello(Limits.ProtocolVersion, _name, _kind, resume, Token, Code, _person, _color);
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
