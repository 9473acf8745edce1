using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Tells whether two batches say the same: they do where they are the same bytes.</summary>
    internal sealed class SameCommands
    {
        private readonly MessagePackWriter _one = new MessagePackWriter();
        private readonly MessagePackWriter _other = new MessagePackWriter();

        public bool AreSame(IReadOnlyList<Command> one, IReadOnlyList<Command> other)
        {
            if (one.Count != other.Count)
            {
                return false;
            }
            for (int index = 0; index < one.Count; index++)
            {
                if (one[index].Type != other[index].Type || !AreSame(one[index], other[index]))
                {
                    return false;
                }
            }
            return true;
        }

        private bool AreSame(Command one, Command other)
        {
            ArraySegment<byte> first = Written(_one, one);
            ArraySegment<byte> second = Written(_other, other);
            bool isSame = first.Count == second.Count;
            for (int index = 0; isSame && index < first.Count; index++)
            {
                isSame = first.Array[index] == second.Array[index];
            }
            return isSame;
        }

        private static ArraySegment<byte> Written(MessagePackWriter writer, Command command)
        {
            writer.Clear();
            command.Write(writer);
            return writer.Written;
        }
    }
}
