using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Whether a patch is already what an edit asks for. Ids are chosen by the client and never used again, so a module
    /// or cable of that id can only be the edit's own.
    /// </summary>
    internal static class Outcome
    {
        public static bool IsThere(PatchEntries patch, IReadOnlyList<Command> commands)
        {
            for (int index = 0; index < commands.Count; index++)
            {
                if (!IsThere(patch, commands[index]))
                {
                    return false;
                }
            }
            return true;
        }

        private static bool IsThere(PatchEntries patch, Command command)
        {
            switch (command.Type)
            {
                case CommandType.AddModule:
                    return patch.Modules.ContainsKey(((AddModule)command).Id);
                case CommandType.RemoveModule:
                    return !patch.Modules.ContainsKey(((RemoveModule)command).Id);
                case CommandType.Connect:
                    return patch.Cables.ContainsKey(((Connect)command).Id);
                case CommandType.Disconnect:
                    return !patch.Cables.ContainsKey(((Disconnect)command).Id);
                case CommandType.MoveModule:
                    return IsAt(patch, (MoveModule)command);
                case CommandType.SetKnob:
                    return IsTurned(patch, (SetKnob)command);
                case CommandType.SetLabel:
                    var label = (SetLabel)command;
                    return Module(patch, label.Id)?.Label == label.Label;
                case CommandType.SetData:
                    return IsKept(patch, (SetData)command);
                case CommandType.Describe:
                    var words = (Describe)command;
                    return patch.Words.Title == words.Title && patch.Words.Notes == words.Notes;
                default:
                    return false;
            }
        }

        private static bool IsAt(PatchEntries patch, MoveModule command)
        {
            PlacedModule module = Module(patch, command.Id);
            return module != null
                && module.Position.Equals(command.Position) && module.Rotation.Equals(command.Rotation);
        }

        private static bool IsTurned(PatchEntries patch, SetKnob command)
        {
            PlacedModule module = Module(patch, command.Module);
            double value;
            return module != null && module.Knobs.TryGetValue(command.Knob, out value) && value == command.Value;
        }

        private static bool IsKept(PatchEntries patch, SetData command)
        {
            PlacedModule module = Module(patch, command.Id);
            string text = null;
            module?.Data.TryGetValue(command.Key, out text);
            return module != null && text == command.Text;
        }

        private static PlacedModule Module(PatchEntries patch, string id)
        {
            PlacedModule module;
            patch.Modules.TryGetValue(id, out module);
            return module;
        }
    }
}
