using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// All knobs of the rack, drawn together. A knob that turns rewrites one matrix; all are reckoned anew only when
    /// panels or the rack move. A knob in somebody's hand has their colour.
    /// </summary>
    public sealed class KnobsView : MonoBehaviour
    {
        private static readonly Color32 Free = new Color32(255, 255, 255, 255);
        private static readonly Color32 Aimed = new Color32(255, 236, 190, 255);

        private readonly Dictionary<KnobId, int> _indices = new Dictionary<KnobId, int>();
        private readonly List<DrawnKnob> _knobs = new List<DrawnKnob>();
        private RackClient _client;
        private RackScene _scene;
        private Instances _drawn;
        private int _seen = -1;
        private int _seenCount;
        private bool _isStale = true;

        internal void Begin(RackClient client, RackScene scene, Paint paint)
        {
            _client = client;
            _scene = scene;
            _drawn = new Instances(Shapes.Knob(), paint.Material);
            client.Knobs.Changed += Turn;
        }

        /// <summary>Modules have come or gone, or have other knobs.</summary>
        internal void MakeStale() => _isStale = true;

        /// <summary>Shows that a hand is at a knob; until the next frame.</summary>
        internal void Light(string module, string knob)
        {
            if (_indices.TryGetValue(new KnobId(module, knob), out int index))
            {
                Put(index, Aimed);
                _knobs[index] = _knobs[index].Lit(true);
            }
        }

        internal void Draw()
        {
            if (_isStale || _seenCount != _scene.Count)
            {
                Collect();
            }
            if (_seen != _scene.Version)
            {
                _seen = _scene.Version;
                for (int index = 0; index < _knobs.Count; index++)
                {
                    Put(index, Colour(_knobs[index].Id));
                }
            }
            _drawn.Draw();
            for (int index = 0; index < _knobs.Count; index++)
            {
                if (_knobs[index].IsLit)
                {
                    _knobs[index] = _knobs[index].Lit(false);
                    Put(index, Colour(_knobs[index].Id));
                }
            }
        }

        private void OnDestroy()
        {
            if (_client != null)
            {
                _client.Knobs.Changed -= Turn;
            }
        }

        private void Turn(KnobId id)
        {
            if (_indices.TryGetValue(id, out int index) && !_isStale)
            {
                Put(index, Colour(id));
            }
        }

        private void Collect()
        {
            _isStale = false;
            _seenCount = _scene.Count;
            _seen = -1;
            _indices.Clear();
            _knobs.Clear();
            for (int panel = 0; panel < _scene.Count; panel++)
            {
                PanelLayout layout = _scene.LayoutOf(panel);
                for (int control = 0; control < layout.Controls.Length; control++)
                {
                    if (layout.Controls[control].Kind == ControlKind.Knob)
                    {
                        var id = new KnobId(_scene.IdOf(panel), layout.Controls[control].Id);
                        KnobRange range = KnobRange.Of(layout.Info.Knobs[layout.Controls[control].Index]);
                        _indices[id] = _knobs.Count;
                        _knobs.Add(new DrawnKnob(id, panel, control, range, layout.Controls[control].Radius, false));
                    }
                }
            }
            _drawn.Count = _knobs.Count;
        }

        private void Put(int index, Color32 tint)
        {
            DrawnKnob knob = _knobs[index];
            Pose3 pose = _scene.ControlPose(knob.Panel, knob.Control);
            // Clockwise as seen from the front is negative about +z.
            var degrees = (float)KnobRange.DegreesOf(knob.Range.TurnOf(_client.Knobs.Value(knob.Id)));
            Quaternion turn = RoomSpace.Turn(pose.Rotation) * Quaternion.AngleAxis(-degrees, Vector3.forward);
            Vector3 size = knob.Radius * _scene.Placement.Scale * RoomSpace.MetresPerMm * Vector3.one;
            _drawn.Put(index, Matrix4x4.TRS(RoomSpace.Metres(pose.Position), turn, size), tint);
        }

        private Color32 Colour(KnobId id)
        {
            string holder = _client.Knobs.Holder(id);
            Person person = holder == null ? null : _client.People.Find(holder);
            return person == null ? Free : Ink.Hue(person.Hue, 0.6f, 1f);
        }
    }
}
