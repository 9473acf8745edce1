using System;
using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Protocol;

namespace SynthVR.EndToEnd
{
    /// <summary>Edits at random what somebody else edits at the same time, and agrees with them in the end.</summary>
    internal static class CrowdScene
    {
        private const double EditsPerSecond = 25;
        private const int MostModules = 30;

        private static readonly string[] Types = { "vco", "ladder", "vca", "lfo", "adsr" };

        /// <summary>Edits for so many seconds; then waits for a line of input, and for the revision in it.</summary>
        public static void Play(Player player, double seconds)
        {
            var random = new Random(1);
            RackClient rack = player.Rack;
            int done = 0;
            int rejected = 0;
            Action<Reply> count = reply =>
            {
                done += reply.IsDone ? 1 : 0;
                rejected += reply.IsDone ? 0 : 1;
            };
            player.Tell("ready", "");
            double end = player.Now + seconds;
            while (player.Now < end)
            {
                if (random.NextDouble() < EditsPerSecond * Player.FrameSeconds)
                {
                    Command command = Command(rack, random);
                    if (command != null)
                    {
                        rack.Editor.Edit(count, command);
                    }
                }
                player.Frame();
            }
            player.Until("answers", () => rack.Editor.Unanswered == 0);
            player.Tell("done", done);
            player.Tell("rejected", rejected);
            long revision = long.Parse(Console.ReadLine());
            player.Until("last revision", () => rack.Patch.Revision >= revision);
        }

        private static Command Command(RackClient rack, Random random)
        {
            var modules = new List<string>(rack.Patch.Modules.Keys);
            var cables = new List<string>(rack.Patch.Cables.Keys);
            int choice = modules.Count == 0 ? 0 : random.Next(10);
            if (choice < 2 && modules.Count < MostModules)
            {
                string type = Types[random.Next(Types.Length)];
                return new AddModule(rack.Editor.NewId(type), new PlacedModule(type, label: "from the headset ♪"));
            }
            string module = modules[random.Next(modules.Count)];
            switch (choice)
            {
                case 2:
                    return new RemoveModule(module);
                case 3:
                    var place = new Vector(random.Next(2000), random.Next(2000), -random.NextDouble());
                    return new MoveModule(module, place);
                case 4:
                    return new SetLabel(module, "C# " + random.Next(100));
                case 5:
                    return cables.Count > 0 ? new Disconnect(cables[random.Next(cables.Count)]) : null;
                case 6:
                    return Knob(rack, module, random);
                default:
                    return Cable(rack, module, modules[random.Next(modules.Count)], random);
            }
        }

        private static Command Knob(RackClient rack, string module, Random random)
        {
            IReadOnlyList<KnobInfo> knobs = rack.Info(module).Knobs;
            KnobInfo knob = knobs[random.Next(knobs.Count)];
            double value = knob.Minimum + random.NextDouble() * (knob.Maximum - knob.Minimum);
            return new SetKnob(module, knob.Id, knob.Choices.Count > 0 ? Math.Round(value) : value);
        }

        private static Command Cable(RackClient rack, string from, string to, Random random)
        {
            IReadOnlyList<OutputInfo> outputs = rack.Info(from).Outputs;
            IReadOnlyList<InputInfo> inputs = rack.Info(to).Inputs;
            if (outputs.Count == 0 || inputs.Count == 0)
            {
                return null;
            }
            var cable = new Cable(
                new JackId(from, outputs[random.Next(outputs.Count)].Id),
                new JackId(to, inputs[random.Next(inputs.Count)].Id));
            return rack.Patch.IsJoined(cable.From, cable.To) ? null : new Connect(rack.Editor.NewId("cable"), cable);
        }
    }
}
