using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// A knob's value beside the hand that turns it, or is at it; and sentences from the server, below the eyes for a
    /// few seconds. Written anew every frame into one mesh, and nothing is allocated.
    /// </summary>
    public sealed class BubbleView : MonoBehaviour
    {
        private const float AboveMm = 11f;
        private const float ValueSize = 0.009f; // m
        private const float SentenceSize = 0.018f;
        private const float SentenceWidth = 0.9f;
        private const float SentenceSeconds = 6f;

        private static readonly Color32 ValueColour = new Color32(255, 236, 190, 255);
        private static readonly Color32 SentenceColour = new Color32(255, 214, 160, 255);
        private static readonly Vector3 BelowEyes = new Vector3(0f, -0.22f, 0.8f);

        private readonly char[] _text = new char[KnobText.MostCharacters];
        private readonly Ink _ink = new Ink();
        private RackClient _client;
        private RackScene _scene;
        private Transform _head;
        private Paint _paint;
        private Mesh _mesh;
        private string _sentence;
        private float _secondsLeft;

        internal void Begin(RackClient client, RackScene scene, Transform head, Paint paint)
        {
            _client = client;
            _scene = scene;
            _head = head;
            _paint = paint;
            _mesh = paint.Show(gameObject, paint.Overlay);
            client.Told += Tell;
        }

        internal void Say(string sentence)
        {
            _sentence = sentence;
            _secondsLeft = SentenceSeconds;
        }

        internal void Draw(RackHand left, RackHand right, float seconds)
        {
            _ink.Clear();
            Write(left);
            Write(right);
            _secondsLeft -= seconds;
            if (_secondsLeft > 0f)
            {
                int first = _ink.Count;
                _paint.Font.Write(_ink, _sentence, Vector3.zero, SentenceSize, SentenceWidth, SentenceColour);
                _ink.Place(first, _head.TransformPoint(BelowEyes), _head.rotation);
            }
            _ink.Upload(_mesh);
        }

        private void Tell(Remark remark) => Say(remark.Sentence);

        private void Write(RackHand hand)
        {
            int panel = hand.Hold == HandHold.Knob ? _scene.Find(hand.Module) : -1;
            int control = panel < 0 ? -1 : _scene.LayoutOf(panel).Find(hand.Control);
            if (hand.Hold == HandHold.Nothing && hand.Aim.Hit.Index < _scene.Count)
            {
                panel = hand.Aim.Hit.Index;
                control = hand.Aim.Control;
            }
            if (panel < 0 || control < 0 || control >= _scene.LayoutOf(panel).Controls.Length)
            {
                return;
            }
            PlacedControl placed = _scene.LayoutOf(panel).Controls[control];
            if (placed.IsJack)
            {
                return;
            }
            KnobInfo knob = _scene.LayoutOf(panel).Info.Knobs[placed.Index];
            int count = KnobText.Write(knob, _client.Knobs.Value(new KnobId(_scene.IdOf(panel), placed.Id)), _text);
            Pose3 pose = _scene.ControlPose(panel, control);
            float above = (placed.Radius + AboveMm) * _scene.Placement.Scale;
            Vec3 place = pose.Position + pose.Up * above + pose.Out * above;
            int first = _ink.Count;
            _paint.Font.Write(_ink, _text, count, Vector3.zero, ValueSize * _scene.Placement.Scale, ValueColour);
            _ink.Place(first, RoomSpace.Metres(place), RoomSpace.Turn(pose.Rotation));
        }

        private void OnDestroy() => Destroy(_mesh);
    }
}
