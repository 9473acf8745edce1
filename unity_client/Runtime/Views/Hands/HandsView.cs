using SynthVR.Interaction;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Our own hands: joints or a ball for a controller, the ray of a hand that is far from everything, and a line from
    /// a hand to the knob that it turns from afar.
    /// </summary>
    public sealed class HandsView : MonoBehaviour
    {
        private const float JointRadius = 0.007f; // m
        private const float ControllerRadius = 0.02f;
        private const float CursorRadius = 0.005f;
        private const float RayWidth = 0.002f;
        private const float FreeRayMm = 1500f;

        private static readonly Color32 Skin = new Color32(170, 190, 220, 255);
        private static readonly Color32 Ray = new Color32(150, 175, 215, 120);
        private static readonly Color32 Lever = new Color32(255, 196, 92, 200);

        private readonly Ink _ink = new Ink();
        private Instances _balls;
        private Mesh _lines;
        private HandsInput _input;
        private Transform _head;

        internal void Begin(HandsInput input, Transform head, Paint paint)
        {
            _input = input;
            _head = head;
            _balls = new Instances(Shapes.Ball(), paint.Material);
            _lines = paint.Show(gameObject, paint.Overlay);
        }

        /// <summary>
        /// <paramref name="leftMm"/> and <paramref name="rightMm"/> are how far the rays go that end on a menu; 0 for a
        /// hand that is at none.
        /// </summary>
        internal void Draw(RackHands hands, float leftMm, float rightMm, RackScene scene)
        {
            _balls.Count = 0;
            _ink.Clear();
            Draw(true, _input.Left, hands.Left, leftMm, scene);
            Draw(false, _input.Right, hands.Right, rightMm, scene);
            _ink.Upload(_lines);
            _balls.Draw();
        }

        private void Draw(bool isLeft, in HandFrame hand, RackHand held, float menuMm, RackScene scene)
        {
            if (!hand.IsTracked)
            {
                return;
            }
            bool isBare = false;
            for (int joint = 0; joint < TrackedHands.Joints; joint++)
            {
                if (_input.Tracked.TryJoint(isLeft, joint, _input.Space, out Vector3 place))
                {
                    isBare = true;
                    AddBall(place, JointRadius, Skin);
                }
            }
            if (!isBare)
            {
                AddBall(RoomSpace.Metres(hand.Grip.Position), ControllerRadius, Skin);
            }
            if (menuMm > 0f)
            {
                DrawRay(hand, menuMm);
            }
            else if (held.Hold == HandHold.Nothing && !held.Aim.IsNear)
            {
                DrawRay(hand, held.Aim.Hit.IsNone ? FreeRayMm : held.Aim.Hit.DistanceMm);
            }
            else if (held.Hold == HandHold.Knob && held.Knob.IsAtLever)
            {
                DrawLever(hand, held, scene);
            }
        }

        private void DrawRay(in HandFrame hand, float length)
        {
            Vector3 end = RoomSpace.Metres(new Ray3(hand.Aim).At(length));
            DrawLine(RoomSpace.Metres(hand.Aim.Position), end, Ray);
            AddBall(end, CursorRadius, Skin);
        }

        private void DrawLever(in HandFrame hand, RackHand held, RackScene scene)
        {
            int panel = scene.Find(held.Module);
            int control = panel < 0 ? -1 : scene.LayoutOf(panel).Find(held.Control);
            if (control >= 0)
            {
                Vector3 knob = RoomSpace.Metres(scene.ControlPose(panel, control).Position);
                DrawLine(knob, RoomSpace.Metres(hand.Grip.Position), Lever);
            }
        }

        /// <summary>A flat ribbon that shows its face to the eyes.</summary>
        private void DrawLine(Vector3 from, Vector3 to, Color32 colour)
        {
            Vector3 sight = (from + to) / 2f - _head.position;
            Vector3 aside = Vector3.Cross(sight, to - from).normalized * (RayWidth / 2f);
            _ink.Quad(from + aside, to + aside, to - aside, from - aside, colour);
        }

        private void AddBall(Vector3 place, float radius, Color32 colour)
        {
            _balls.Add(Matrix4x4.TRS(place, Quaternion.identity, radius * Vector3.one), colour);
        }
    }
}
