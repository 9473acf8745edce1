using System;
using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;

namespace SynthVR.Views
{
    /// <summary>What hands do, said to the server.</summary>
    internal sealed class RackTouch : IRackTouch
    {
        private readonly RackClient _client;

        internal RackTouch(RackClient client)
        {
            _client = client;
        }

        /// <summary>A panel was tapped: its module.</summary>
        internal event Action<string> PanelTapped;

        /// <summary>A jack was tapped: its module and itself.</summary>
        internal event Action<string, string> JackTapped;

        public bool Grab(string module, string knob)
        {
            var id = new KnobId(module, knob);
            return !_client.Hands.IsHeld(id) && _client.Hands.Grab(id); // our other hand holds as well as a stranger's
        }

        public bool Holds(string module, string knob) => _client.Hands.IsHeld(new KnobId(module, knob));

        public double Value(string module, string knob) => _client.Knobs.Value(new KnobId(module, knob));

        public void Turn(string module, string knob, double value)
        {
            _client.Hands.Turn(new KnobId(module, knob), value);
        }

        public void Release(string module, string knob) => _client.Hands.Release(new KnobId(module, knob));

        public bool TryCableIn(
            string module, string jack, out string cable, out string fromModule, out string fromJack)
        {
            cable = fromModule = fromJack = null;
            IReadOnlyList<string> cables = _client.Patch.CablesOf(module);
            for (int index = cables.Count - 1; index >= 0 && cable == null; index--)
            {
                Cable plugged = _client.Patch.Cables[cables[index]];
                if (plugged.To.Module == module && plugged.To.Jack == jack)
                {
                    cable = cables[index];
                    fromModule = plugged.From.Module;
                    fromJack = plugged.From.Jack;
                }
            }
            return cable != null;
        }

        public bool AreJoined(string fromModule, string fromJack, string toModule, string toJack)
        {
            return _client.Patch.IsJoined(new JackId(fromModule, fromJack), new JackId(toModule, toJack));
        }

        /// <summary>Both halves of a move are one edit: one step of undo, and no silence between them.</summary>
        public void Change(in CableChange change)
        {
            var commands = new List<Command>();
            string colour = "";
            if (change.Unplug != null)
            {
                colour = _client.Patch.Cables.TryGetValue(change.Unplug, out Cable before) ? before.Color : "";
                commands.Add(new Disconnect(change.Unplug));
            }
            if (change.Plugs)
            {
                var from = new JackId(change.From.Module, change.From.Jack);
                var to = new JackId(change.To.Module, change.To.Jack);
                commands.Add(new Connect(_client.Editor.NewId("cable"), new Cable(from, to, colour)));
            }
            _client.Editor.Edit(commands.ToArray());
        }

        public void MoveModule(string module, in Pose3 pose)
        {
            _client.Editor.Edit(
                new MoveModule(module, PatchSpace.VectorOf(pose.Position), PatchSpace.RotationOf(pose.Rotation)));
        }

        public void RemoveModule(string module) => _client.Editor.Edit(new RemoveModule(module));

        public void TapPanel(string module) => PanelTapped?.Invoke(module);

        public void TapJack(string module, string jack) => JackTapped?.Invoke(module, jack);
    }
}
