using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// One module of the patch: its panel, drawn from the catalogue while the app runs, so that a module that was
    /// written after the app was built looks like any other. A child of the rack, whose unit is the mm.
    /// </summary>
    public sealed class PanelView : MonoBehaviour
    {
        private PanelPainter _painter;
        private RackClient _client;
        private Mesh _mesh;
        private bool _isStale;

        /// <summary>Id of the module in the patch.</summary>
        public string Module { get; private set; }

        /// <summary>What is where.</summary>
        public PanelLayout Layout { get; private set; }

        internal void Begin(string module, RackClient client, Paint paint, PanelPainter painter)
        {
            Module = module;
            _client = client;
            _painter = painter;
            _mesh = paint.Show(gameObject);
        }

        /// <summary>Has another layout: it is new, or the catalogue or a ghost's cables have changed.</summary>
        internal void Lay(PanelLayout layout)
        {
            Layout = layout;
            _isStale = true;
        }

        /// <summary>Must be drawn anew: a switch, its name or its health has changed.</summary>
        internal void MakeStale() => _isStale = true;

        internal void Hang(in Pose3 pose)
        {
            Vec3 place = pose.Position;
            transform.localPosition = new Vector3(place.X, place.Y, place.Z);
            transform.localRotation = RoomSpace.Turn(pose.Rotation);
        }

        /// <summary>Draws it if it must be; returns whether it did.</summary>
        internal bool Refresh()
        {
            if (!_isStale || !_client.Patch.Modules.TryGetValue(Module, out PlacedModule placed))
            {
                return false;
            }
            _isStale = false;
            string title = placed.Label.Length > 0 ? placed.Label : Layout.Info.Title;
            _painter.Draw(_mesh, Module, Layout, title, Face(placed));
            return true;
        }

        private Color32 Face(PlacedModule placed)
        {
            if (_client.Server.Failures.ContainsKey(Module))
            {
                return PanelColours.FailedFace;
            }
            ModuleInfo info = _client.Server.Catalogue.Find(placed.Type);
            return info == null || info.BeingMade ? PanelColours.GhostFace : PanelColours.Face;
        }

        private void OnDestroy()
        {
            Destroy(_mesh); // a mesh made in code outlives its object otherwise
        }
    }
}
