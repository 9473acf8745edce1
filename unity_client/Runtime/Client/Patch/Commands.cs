using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// What commands do to a patch: the same as on the server. One that does not fit changes nothing.
    /// </summary>
    internal static class Commands
    {
        /// <summary>
        /// Applies all of them, or none. Returns null, or why the first that does not fit does not: a code as in
        /// <see cref="RejectionCode"/>.
        /// </summary>
        public static string Apply(PatchEntries patch, IReadOnlyList<Command> commands)
        {
            int before = patch.Changes;
            for (int index = 0; index < commands.Count; index++)
            {
                string refusal = Apply(patch, commands[index]);
                if (refusal != null)
                {
                    patch.RevertTo(before);
                    return refusal;
                }
            }
            return null;
        }

        private static string Apply(PatchEntries patch, Command command)
        {
            switch (command.Type)
            {
                case CommandType.AddModule:
                    return Add(patch, (AddModule)command);
                case CommandType.RemoveModule:
                    return Remove(patch, ((RemoveModule)command).Id);
                case CommandType.MoveModule:
                    var move = (MoveModule)command;
                    return Change(patch, move.Id, module => module.At(move.Position, move.Rotation));
                case CommandType.Connect:
                    return Connect(patch, (Connect)command);
                case CommandType.Disconnect:
                    return Disconnect(patch, ((Disconnect)command).Id);
                case CommandType.SetKnob:
                    var turn = (SetKnob)command;
                    return Change(patch, turn.Module, module => module.WithKnob(turn.Knob, turn.Value));
                case CommandType.SetLabel:
                    var label = (SetLabel)command;
                    return Change(patch, label.Id, module => module.Labelled(label.Label));
                case CommandType.SetData:
                    var data = (SetData)command;
                    return Change(patch, data.Id, module => module.WithData(data.Key, data.Text));
                case CommandType.Describe:
                    var words = (Describe)command;
                    patch.Set(new PatchWords(words.Title, words.Notes));
                    return null;
                default:
                    return RejectionCode.UnknownMessage;
            }
        }

        private static string Add(PatchEntries patch, AddModule command)
        {
            if (patch.Modules.ContainsKey(command.Id))
            {
                return RejectionCode.DuplicateId;
            }
            patch.Set(command.Id, command.Module);
            return null;
        }

        private static string Remove(PatchEntries patch, string id)
        {
            if (!patch.Modules.ContainsKey(id))
            {
                return RejectionCode.UnknownModule;
            }
            IReadOnlyList<string> cables = patch.CablesOf(id);
            while (cables.Count > 0)
            {
                patch.Set(cables[cables.Count - 1], (Cable)null);
            }
            patch.Set(id, (PlacedModule)null);
            return null;
        }

        private static string Connect(PatchEntries patch, Connect command)
        {
            Cable cable = command.Cable;
            if (patch.Cables.ContainsKey(command.Id))
            {
                return RejectionCode.DuplicateId;
            }
            if (!patch.Modules.ContainsKey(cable.From.Module) || !patch.Modules.ContainsKey(cable.To.Module))
            {
                return RejectionCode.UnknownModule;
            }
            if (patch.IsJoined(CableEnds.Of(cable)))
            {
                return RejectionCode.DuplicateCable;
            }
            patch.Set(command.Id, cable);
            return null;
        }

        private static string Disconnect(PatchEntries patch, string id)
        {
            if (!patch.Cables.ContainsKey(id))
            {
                return RejectionCode.UnknownCable;
            }
            patch.Set(id, (Cable)null);
            return null;
        }

        private static string Change(PatchEntries patch, string id, System.Func<PlacedModule, PlacedModule> change)
        {
            PlacedModule module;
            if (!patch.Modules.TryGetValue(id, out module))
            {
                return RejectionCode.UnknownModule;
            }
            patch.Set(id, change(module));
            return null;
        }
    }
}
