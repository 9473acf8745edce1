using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>Hangs new modules before the player's eyes.</summary>
    internal sealed class ModulePlacer
    {
        private readonly RackClient _client;
        private readonly RackScene _scene;
        private readonly Transform _head;

        internal ModulePlacer(RackClient client, RackScene scene, Transform head)
        {
            _client = client;
            _scene = scene;
            _head = head;
        }

        /// <summary>Adds a module of the catalogue as it comes.</summary>
        internal void Add(ModuleInfo info)
        {
            Place(info.Id, PanelLayout.Of(info), null, "", null);
        }

        /// <summary>Adds another like one in the patch: its knobs and texts, without its cables.</summary>
        internal void Duplicate(string module)
        {
            int panel = _scene.Find(module);
            if (panel >= 0 && _client.Patch.Modules.TryGetValue(module, out PlacedModule placed))
            {
                Place(placed.Type, _scene.LayoutOf(panel), placed.Knobs, placed.Label, placed.Data);
            }
        }

        private void Place(
            string type, PanelLayout layout, IReadOnlyDictionary<string, double> knobs, string label,
            IReadOnlyDictionary<string, string> data)
        {
            RackPlacement rack = _scene.Placement;
            Pose3 head = rack.ToPatch(RoomSpace.Of(_head));
            Pose3 pose = PanelPlacing.InFrontOf(
                head, rack.Scale, layout.Width, layout.Height, _scene.PatchPanels, _scene.Count);
            var placed = new PlacedModule(
                type, knobs, PatchSpace.VectorOf(pose.Position), PatchSpace.RotationOf(pose.Rotation), label, data);
            _client.Editor.Edit(new AddModule(_client.Editor.NewId(type), placed));
        }
    }
}
