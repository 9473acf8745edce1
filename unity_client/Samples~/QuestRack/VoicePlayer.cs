using System;
using SynthVR.Client;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.QuestRack
{
    /// <summary>
    /// A player of its own, without hands or panels: joins a server and patches a voice. For the editor's play
    /// mode on the server's machine, which needs no pairing; whoever else is there sees it appear.
    /// </summary>
    public sealed class VoicePlayer : MonoBehaviour
    {
        [SerializeField]
        private string _address = "ws://127.0.0.1:7340/socket";

        private RackClient _rack;
        private bool _hasPatched;

        private void OnEnable()
        {
            _hasPatched = false;
            _rack = new RackClient(new RackOptions
            {
                Name = "Voice player",
                Kind = ClientKind.Controller,
                Log = Debug.LogWarning,
            });
            _rack.ConnectionChanged += Begin;
            _rack.Connect(new Uri(_address));
        }

        // Pump handles what has come, Flush sends what has moved: the start and the end of a frame.
        private void Update()
        {
            _rack.Pump();
        }

        private void LateUpdate()
        {
            _rack.Flush();
        }

        private void OnDisable()
        {
            _rack.Dispose();
        }

        private void Begin(ConnectionStatus connection)
        {
            if (connection.State == ConnectionState.Open && !_hasPatched)
            {
                _hasPatched = true; // a connection that comes back finds the voice still there
                _rack.Editor.Edit(Tell, Voice.Commands(_rack.Editor, _rack.Patch));
            }
        }

        private static void Tell(Reply reply)
        {
            Debug.Log(reply.IsDone ? "A voice is patched." : "No voice was patched: " + reply.Sentence);
        }
    }
}
