using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>An edit of our own that the server has not answered.</summary>
    internal sealed class PendingEdit
    {
        public PendingEdit(int id, IReadOnlyList<Command> commands, byte[] frame, Action<Reply> done)
        {
            Id = id;
            Commands = commands;
            Frame = frame;
            Done = done;
        }

        public int Id { get; }

        public IReadOnlyList<Command> Commands { get; }

        /// <summary>The message as it is sent, and sent again.</summary>
        public byte[] Frame { get; }

        /// <summary>May be null.</summary>
        public Action<Reply> Done { get; }

        public EditStage Stage { get; set; } = EditStage.Waiting;
    }
}
