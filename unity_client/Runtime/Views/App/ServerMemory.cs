using System;
using SynthVR.Client;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Remembers who we are, the last server and the token that each has given for its pairing code, in the app's own
    /// preferences: on Quest, other apps cannot read them.
    /// </summary>
    internal sealed class ServerMemory
    {
        private const string LastAddress = "SynthVR.LastAddress";
        private const string LastId = "SynthVR.LastId";
        private const string Token = "SynthVR.Token.";
        private const string OwnId = "SynthVR.Person";

        private string _key = "";
        private string _address = "";
        private string _id = "";

        /// <summary>The id by which servers know us; made once, so that what was done yesterday is still ours.</summary>
        internal string Person
        {
            get
            {
                string kept = PlayerPrefs.GetString(OwnId, "");
                if (kept.Length == 0)
                {
                    kept = RackOptions.NewPerson();
                    PlayerPrefs.SetString(OwnId, kept);
                    PlayerPrefs.Save();
                }
                return kept;
            }
        }

        /// <summary>The server that was connected to last; null for none.</summary>
        internal Uri Last
        {
            get
            {
                Uri.TryCreate(PlayerPrefs.GetString(LastAddress, ""), UriKind.Absolute, out Uri address);
                return address;
            }
        }

        /// <summary>Its id; empty where it was found by its address.</summary>
        internal string IdOfLast => PlayerPrefs.GetString(LastId, "");

        /// <summary>
        /// A server is about to be connected to; returns its token, or an empty one. A server that announces an id
        /// keeps its token when its address changes.
        /// </summary>
        internal string Choose(Uri address, string id)
        {
            _key = Token + (id.Length > 0 ? id : address.Authority);
            _address = address.AbsoluteUri;
            _id = id;
            return PlayerPrefs.GetString(_key, PlayerPrefs.GetString(Token + address.Authority, ""));
        }

        /// <summary>The server that was chosen has let us in: it is the last one, for the next start.</summary>
        internal void KeepChosen()
        {
            PlayerPrefs.SetString(LastAddress, _address);
            PlayerPrefs.SetString(LastId, _id);
            PlayerPrefs.Save();
        }

        /// <summary>Keeps the token of the server that was chosen last.</summary>
        internal void KeepToken(string token)
        {
            PlayerPrefs.SetString(_key, token);
            PlayerPrefs.Save();
        }
    }
}
