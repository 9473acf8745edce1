using System;
using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;

namespace SynthVR.Views
{
    /// <summary>Watches what changes on panels that stay where they are, and has them drawn anew.</summary>
    internal sealed class PanelWatch
    {
        private readonly RackClient _client;
        private readonly IReadOnlyList<PanelView> _panels;
        private readonly Func<string, PanelView> _find;
        private readonly Action<string> _layAgain;

        /// <summary><paramref name="find"/> gives null for a module that has no panel.</summary>
        internal PanelWatch(
            RackClient client, IReadOnlyList<PanelView> panels, Func<string, PanelView> find, Action<string> layAgain)
        {
            _client = client;
            _panels = panels;
            _find = find;
            _layAgain = layAgain;
        }

        internal void Begin()
        {
            _client.Patch.ModuleLabelled += Rename;
            _client.Patch.CablePlugged += Plug;
            _client.Patch.CableUnplugged += Plug;
            _client.Knobs.Changed += Turn;
            _client.Server.FailuresChanged += Check;
        }

        private void Rename(ModuleEntry module)
        {
            PanelView panel = _find(module.Id);
            if (panel != null)
            {
                panel.MakeStale();
            }
        }

        /// <summary>A ghost's panel has a jack for each cable that hangs in it.</summary>
        private void Plug(CableEntry cable)
        {
            LayGhost(cable.Cable.From.Module);
            LayGhost(cable.Cable.To.Module);
        }

        private void LayGhost(string module)
        {
            if (_client.Patch.Modules.TryGetValue(module, out PlacedModule placed)
                && _client.Server.Catalogue.Find(placed.Type) == null)
            {
                _layAgain(module);
            }
        }

        /// <summary>A switch is part of its panel; knobs are not.</summary>
        private void Turn(KnobId knob)
        {
            PanelView panel = _find(knob.Module);
            int control = panel == null ? -1 : panel.Layout.Find(knob.Knob);
            if (control >= 0 && panel.Layout.Controls[control].Kind != ControlKind.Knob)
            {
                panel.MakeStale();
            }
        }

        private void Check(ServerState server)
        {
            for (int index = 0; index < _panels.Count; index++)
            {
                _panels[index].MakeStale();
            }
        }
    }
}
