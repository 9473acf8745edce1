using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// The light around jacks: where the cable in a hand can go glows in its kind's colour, the rest darkens; the jack
    /// that draws the plug, and the one that an empty hand is at, glow more. Jacks themselves are part of their panels.
    /// </summary>
    public sealed class JacksView : MonoBehaviour
    {
        /// <summary>mm before the panel.</summary>
        private const float Before = 0.3f;

        private static readonly Color32 Dark = new Color32(0, 0, 0, (byte)(255f * (1f - JackRules.ImpossibleAlpha)));

        private RackScene _scene;
        private IPatchedCables _cables;
        private Instances _rings;

        internal void Begin(RackScene scene, IPatchedCables cables, Paint paint)
        {
            _scene = scene;
            _cables = cables;
            _rings = new Instances(Shapes.Ring(), paint.Overlay);
        }

        internal void Draw(RackHand left, RackHand right)
        {
            _rings.Count = 0;
            Light(left);
            Light(right);
            _rings.Draw();
        }

        private void Light(RackHand hand)
        {
            if (hand.Hold == HandHold.Cable)
            {
                LightPossible(hand.Cable);
            }
            else if (hand.Hold == HandHold.Nothing && hand.Aim.Control >= 0)
            {
                int panel = hand.Aim.Hit.Index;
                if (panel < _scene.Count && hand.Aim.Control < _scene.LayoutOf(panel).Controls.Length)
                {
                    int jack = _scene.JackOf(panel, hand.Aim.Control);
                    if (jack >= 0)
                    {
                        Add(panel, hand.Aim.Control, JackRules.TouchedGlow);
                    }
                }
            }
        }

        private void LightPossible(CableGrip cable)
        {
            for (int panel = 0; panel < _scene.Count; panel++)
            {
                PlacedControl[] controls = _scene.LayoutOf(panel).Controls;
                for (int control = 0; control < controls.Length; control++)
                {
                    int jack = _scene.JackOf(panel, control);
                    if (jack < 0)
                    {
                        continue;
                    }
                    bool isPossible = JackRules.MayJoin(cable.Fixed, _scene.Jacks[jack], default(JackSpot), _cables);
                    float glow = jack == cable.Target ? JackRules.TargetGlow : isPossible ? JackRules.PossibleGlow : 0f;
                    Add(panel, control, glow);
                }
            }
        }

        /// <summary>A glow of 0 darkens.</summary>
        private void Add(int panel, int control, float glow)
        {
            PanelLayout layout = _scene.LayoutOf(panel);
            PlacedControl jack = layout.Controls[control];
            Kind kind = jack.Kind == ControlKind.Input
                ? layout.Info.Inputs[jack.Index].Kind
                : layout.Info.Outputs[jack.Index].Kind;
            float scale = _scene.Placement.Scale;
            Pose3 pose = _scene.ControlPose(panel, control);
            Vector3 place = RoomSpace.Metres(pose.Position + pose.Out * (Before * scale));
            Vector3 size = jack.Radius * scale * RoomSpace.MetresPerMm * Vector3.one;
            Color32 colour = glow > 0f ? Ink.Colour(KindColour.Of(kind), glow) : Dark;
            _rings.Add(Matrix4x4.TRS(place, RoomSpace.Turn(pose.Rotation), size), colour);
        }
    }
}
