using System;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Remembers the last server and the token that each has given for its pairing code, in the app's own preferences:
    /// on Quest, other apps cannot read them.
    /// </summary>
    internal sealed class ServerMemory
    {
        private const string LastAddress = "SynthVR.LastAddress";
        private const string LastId = "SynthVR.LastId";
        private const string Token = "SynthVR.Token.";

        private string _key = "";

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
        /// Remembers a server as the last one; returns its token, or an empty one. A server that announces an id keeps
        /// its token when its address changes.
        /// </summary>
        internal string Choose(Uri address, string id)
        {
            _key = Token + (id.Length > 0 ? id : address.Authority);
            PlayerPrefs.SetString(LastAddress, address.AbsoluteUri);
            PlayerPrefs.SetString(LastId, id);
            PlayerPrefs.Save();
            return PlayerPrefs.GetString(_key, PlayerPrefs.GetString(Token + address.Authority, ""));
        }

        /// <summary>Keeps the token of the server that was chosen last.</summary>
        internal void KeepToken(string token)
        {
            PlayerPrefs.SetString(_key, token);
            PlayerPrefs.Save();
        }
    }
}
