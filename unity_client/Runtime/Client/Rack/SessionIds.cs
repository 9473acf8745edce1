using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Which session this is, who we are in it, and who we were over connections that were lost.</summary>
    internal sealed class SessionIds
    {
        private readonly HashSet<string> _former = new HashSet<string>();
        private readonly HashSet<string> _formerThere = new HashSet<string>();

        /// <summary>Of the server; changes when it restarts.</summary>
        public string Session { get; private set; } = "";

        /// <summary>Our id; empty before the first welcome.</summary>
        public string Self { get; private set; } = "";

        /// <summary>Whether a connection that we have lost still stands at the server.</summary>
        public bool IsFormerThere => _formerThere.Count > 0;

        public bool IsFormer(string client) => _former.Contains(client);

        public bool IsSelf(string client) => client == Self || IsFormer(client);

        public void Take(Welcome welcome)
        {
            if (welcome.Session != Session)
            {
                _former.Clear(); // another session gives the same ids to others
            }
            else if (Self.Length > 0)
            {
                _former.Add(Self);
            }
            Session = welcome.Session;
            Self = welcome.Client;
            _former.Remove(Self);
            _formerThere.Clear();
            foreach (ClientInfo client in welcome.Clients)
            {
                if (_former.Contains(client.Id))
                {
                    _formerThere.Add(client.Id);
                }
            }
        }

        /// <summary>True where it was the last of our lost connections.</summary>
        public bool Left(string client)
        {
            return _formerThere.Remove(client) && _formerThere.Count == 0;
        }
    }
}
