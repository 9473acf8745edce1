using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Scopes on panels, in the room that their controls leave: a tap on a jack opens one, the next tap closes it. All
    /// traces are one mesh in the patch's space, redrawn every frame as long as there is one.
    /// </summary>
    public sealed class ScopesView : MonoBehaviour
    {
        private const int Columns = 128;
        private const int Shown = 2048; // frames: 43 ms at 48 kHz, ten periods of a low A
        private const int Kept = 2 * Shown;
        private const float FullVolts = 10f;
        private const float Above = 0.15f; // mm before the panel

        private static readonly Color32 Screen = new Color32(10, 16, 14, 255);
        private static readonly Color32 Middle = new Color32(40, 66, 56, 255);
        private static readonly Color32 Beam = new Color32(126, 255, 176, 255);

        private readonly List<ScopeTrace> _traces = new List<ScopeTrace>();
        private readonly float[] _volts = new float[Kept];
        private readonly Ink _ink = new Ink();
        private RackClient _client;
        private RackScene _scene;
        private Mesh _mesh;
        private bool _isEmpty = true;

        internal void Begin(RackClient client, RackScene scene, Paint paint)
        {
            _client = client;
            _scene = scene;
            _mesh = paint.Show(gameObject);
        }

        /// <summary>Opens a scope on a jack, or closes the one that is open. A module shows one at a time.</summary>
        internal void Toggle(string module, string jack)
        {
            bool wasOpen = Close(module, out string shown) && shown == jack;
            if (!wasOpen)
            {
                _traces.Add(_client.Scopes.Open(new JackId(module, jack)));
            }
        }

        internal bool Close(string module, out string jack)
        {
            jack = null;
            int index = _traces.FindIndex(trace => trace.Jack.Module == module);
            if (index < 0)
            {
                return false;
            }
            jack = _traces[index].Jack.Jack;
            _client.Scopes.Close(_traces[index]);
            _traces.RemoveAt(index);
            return true;
        }

        internal void Draw()
        {
            if (_traces.Count == 0 && _isEmpty)
            {
                return;
            }
            _isEmpty = _traces.Count == 0;
            _ink.Clear();
            for (int index = 0; index < _traces.Count; index++)
            {
                int panel = _scene.Find(_traces[index].Jack.Module);
                if (panel >= 0)
                {
                    Draw(_traces[index], _scene.PatchPanels[panel], AreaOf(_scene.LayoutOf(panel)));
                }
            }
            _ink.Upload(_mesh);
        }

        /// <summary>Over the title of a panel that has no room: better in its way than not at all.</summary>
        private static PanelArea AreaOf(PanelLayout layout)
        {
            return layout.Scope.IsEmpty
                ? new PanelArea(layout.Width / 2f, -16f, Mathf.Max(30f, layout.Width), 28f)
                : layout.Scope;
        }

        private void Draw(ScopeTrace trace, in HungPanel panel, in PanelArea area)
        {
            int count = trace.Latest(_volts);
            int start = StillTrace.Start(_volts, count, Shown);
            Quad(panel, area.X, area.Y, area.Width, area.Height, Above, Screen);
            Quad(panel, area.X, area.Y, area.Width, 0.2f, Above + 0.05f, Middle);
            float step = area.Width / Columns;
            float perVolt = area.Height / 2f / FullVolts;
            int frames = Mathf.Min(Shown, count - start);
            for (int column = 0; column < Columns && frames > 0; column++)
            {
                int first = start + column * frames / Columns;
                int last = start + (column + 1) * frames / Columns;
                StillTrace.Range(_volts, first, Mathf.Max(1, last - first), out float lowest, out float highest);
                float middle = Mathf.Clamp((lowest + highest) / 2f, -FullVolts, FullVolts) * perVolt;
                float high = Mathf.Min(area.Height, (highest - lowest) * perVolt) + 0.35f;
                float x = area.X - area.Width / 2f + (column + 0.5f) * step;
                Quad(panel, x, area.Y - middle, step, high, Above + 0.1f, Beam);
            }
        }

        private void Quad(in HungPanel panel, float x, float y, float width, float height, float above, Color32 colour)
        {
            Vec3 before = panel.Pose.Out * above;
            _ink.Quad(
                Point(panel.At(x - width / 2f, y - height / 2f) + before),
                Point(panel.At(x + width / 2f, y - height / 2f) + before),
                Point(panel.At(x + width / 2f, y + height / 2f) + before),
                Point(panel.At(x - width / 2f, y + height / 2f) + before),
                colour);
        }

        private static Vector3 Point(in Vec3 place) => new Vector3(place.X, place.Y, place.Z);
    }
}
