using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// The rack: a panel for every module of the patch, and the scene in which hands find them. Its transform is the
    /// patch's space in mm, so that moving the world moves one transform.
    /// </summary>
    public sealed class RackView : MonoBehaviour
    {
        /// <summary>
        /// Panels drawn in one frame: a patch of 40 comes in over ten frames and not in one long one.
        /// </summary>
        private const int DrawnInAFrame = 4;

        private readonly Dictionary<string, PanelView> _panels = new Dictionary<string, PanelView>();
        private readonly List<PanelView> _order = new List<PanelView>();
        private RackClient _client;
        private Paint _paint;
        private PanelPainter _painter;
        private KnobsView _knobs;
        private ScopesView _scopes;
        private int _seen = -1;

        /// <summary>What hands look through.</summary>
        public RackScene Scene { get; } = new RackScene();

        internal void Begin(RackClient client, Paint paint, KnobsView knobs, ScopesView scopes)
        {
            _client = client;
            _paint = paint;
            _knobs = knobs;
            _scopes = scopes;
            _painter = new PanelPainter(paint.Font, client.Knobs);
            PatchState patch = client.Patch;
            patch.ModuleAdded += Add;
            patch.ModuleRemoved += Remove;
            patch.ModuleMoved += Move;
            client.Server.CatalogueChanged += LayAll;
            new PanelWatch(client, _order, Find, LayAgain).Begin();
        }

        /// <summary>Brings transforms and meshes to where scene and patch are. Once a frame, after hands.</summary>
        internal void Draw()
        {
            if (_seen != Scene.Version)
            {
                _seen = Scene.Version;
                RackPlacement placement = Scene.Placement;
                RoomSpace.Put(transform, placement.Pose);
                transform.localScale = placement.Scale * RoomSpace.MetresPerMm * Vector3.one;
                for (int panel = 0; panel < Scene.Count; panel++)
                {
                    _panels[Scene.IdOf(panel)].Hang(Scene.PatchPanels[panel].Pose);
                }
            }
            int drawn = 0;
            for (int index = 0; index < _order.Count && drawn < DrawnInAFrame; index++)
            {
                drawn += _order[index].Refresh() ? 1 : 0;
            }
        }

        private void Add(ModuleEntry module)
        {
            if (_panels.ContainsKey(module.Id))
            {
                Remove(module.Id); // another type under the same id
            }
            var shown = new GameObject(module.Id);
            shown.transform.SetParent(transform, false);
            PanelView panel = shown.AddComponent<PanelView>();
            panel.Begin(module.Id, _client, _paint, _painter);
            _panels.Add(module.Id, panel);
            _order.Add(panel);
            Lay(panel, module.Module);
        }

        private void Remove(string module)
        {
            if (!_panels.TryGetValue(module, out PanelView panel))
            {
                return;
            }
            _panels.Remove(module);
            _order.Remove(panel);
            _scopes.Close(module, out _);
            Scene.Remove(module);
            _knobs.MakeStale();
            Destroy(panel.gameObject);
        }

        private void Move(ModuleEntry module)
        {
            Scene.Move(module.Id, PatchSpace.PoseOf(module.Module.Position, module.Module.Rotation));
        }

        private void Lay(PanelView panel, PlacedModule placed)
        {
            panel.Lay(PanelLayout.Of(_client.Info(panel.Module)));
            Scene.Put(panel.Module, panel.Layout, PatchSpace.PoseOf(placed.Position, placed.Rotation));
            _knobs.MakeStale();
        }

        private void LayAll(Catalogue catalogue)
        {
            foreach (PanelView panel in _order)
            {
                if (_client.Info(panel.Module) != panel.Layout.Info)
                {
                    LayAgain(panel.Module);
                }
            }
        }

        /// <summary>What is on a module's panel may be another.</summary>
        private void LayAgain(string module)
        {
            if (_panels.TryGetValue(module, out PanelView panel)
                && _client.Patch.Modules.TryGetValue(module, out PlacedModule placed))
            {
                Lay(panel, placed);
            }
        }

        private PanelView Find(string module) => _panels.TryGetValue(module, out PanelView panel) ? panel : null;
    }
}
