using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Everybody else: a head, two hands, a name, and a line from a hand to what it holds. All heads and hands are one
    /// draw call, all names and lines another.
    /// </summary>
    public sealed class PeopleView : MonoBehaviour
    {
        private const float HeadMm = 95f;
        private const float HandMm = 38f;
        private const float AboveMm = 170f;
        private const float NameSize = 0.05f; // m
        private const float LineWidth = 0.003f;

        private static readonly Color32 NameColour = new Color32(240, 240, 245, 255);

        private readonly Ink _ink = new Ink();
        private readonly Dictionary<string, PersonHold> _holds = new Dictionary<string, PersonHold>();
        private RackClient _client;
        private RackScene _scene;
        private Transform _head;
        private Paint _paint;
        private Instances _balls;
        private Mesh _mesh;

        internal void Begin(RackClient client, RackScene scene, Transform head, Paint paint)
        {
            _client = client;
            _scene = scene;
            _head = head;
            _paint = paint;
            _balls = new Instances(Shapes.Ball(), paint.Material);
            _mesh = paint.Show(gameObject, paint.Overlay);
            client.People.Moved += Look;
            client.People.Left += Forget;
        }

        internal void Draw()
        {
            _balls.Count = 0;
            _ink.Clear();
            IReadOnlyList<Person> people = _client.People.All;
            for (int index = 0; index < people.Count; index++)
            {
                if (!people[index].IsSelf)
                {
                    Draw(people[index]);
                }
            }
            _ink.Upload(_mesh);
            _balls.Draw();
        }

        private void Draw(Person person)
        {
            Color32 colour = Ink.Hue(person.Hue, 0.55f, 1f);
            Ball(person.Left, HandMm, colour);
            Ball(person.Right, HandMm, colour);
            if (person.Head != null)
            {
                Ball(person.Head, HeadMm, colour);
                Vec3 above = RoomOf(person.Head.Value) + Vec3.Up * AboveMm;
                WriteName(person.Name, RoomSpace.Metres(above));
            }
            RackPose? hand = person.Right ?? person.Left;
            if (hand != null && _holds.TryGetValue(person.Id, out PersonHold hold)
                && hold.TryFind(_scene, out Vec3 held))
            {
                Line(RoomSpace.Metres(RoomOf(hand.Value)), RoomSpace.Metres(held), colour);
            }
        }

        private void Ball(RackPose? pose, float radiusMm, Color32 colour)
        {
            if (pose != null)
            {
                // Others stand in the rack's space: in a rack that is scaled up they are giants, and reach what they
                // touch.
                Vector3 size = radiusMm * _scene.Placement.Scale * RoomSpace.MetresPerMm * Vector3.one;
                Vector3 place = RoomSpace.Metres(RoomOf(pose.Value));
                _balls.Add(Matrix4x4.TRS(place, Quaternion.identity, size), colour);
            }
        }

        private Vec3 RoomOf(RackPose pose) => _scene.Placement.ToRoom(PatchSpace.PlaceOf(pose.Position));

        /// <summary>Names turn to our eyes; the mesh is in the room, so the glyphs are turned one by one.</summary>
        private void WriteName(string name, Vector3 place)
        {
            int first = _ink.Count;
            _paint.Font.Write(_ink, name, Vector3.zero, NameSize, 1f, NameColour);
            Vector3 away = place - _head.position;
            away.y = 0f;
            if (away.sqrMagnitude > 1e-6f)
            {
                _ink.Place(first, place, Quaternion.LookRotation(away, Vector3.up));
            }
        }

        private void Line(Vector3 from, Vector3 to, Color32 colour)
        {
            Vector3 aside = Vector3.Cross((from + to) / 2f - _head.position, to - from).normalized * (LineWidth / 2f);
            _ink.Quad(from + aside, to + aside, to - aside, from - aside, colour);
        }

        private void Look(Person person)
        {
            if (!_holds.TryGetValue(person.Id, out PersonHold hold))
            {
                hold = new PersonHold();
                _holds.Add(person.Id, hold);
            }
            hold.Look(person.Holding);
        }

        private void Forget(Person person) => _holds.Remove(person.Id);

        private void OnDestroy() => Destroy(_mesh);
    }
}
