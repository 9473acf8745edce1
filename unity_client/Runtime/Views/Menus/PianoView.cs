using SynthVR.Client;
using SynthVR.Interaction;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// A keyboard for modules that play notes: keys under fingertips or rays, a strike's speed is the velocity. It
    /// hangs below the menu, tilted as a desk is.
    /// </summary>
    public sealed class PianoView : MonoBehaviour
    {
        private const float AwayMm = 430f;
        private const float BelowMm = 420f;
        private const float TiltDegrees = 55f;
        private const int HighestNote = 127;


        private readonly Piano _piano = new Piano();
        private readonly PianoPainter _painter = new PianoPainter();
        private readonly KeyFinger _left = new KeyFinger();
        private readonly KeyFinger _right = new KeyFinger();
        private RackClient _client;
        private Mesh _mesh;
        private Pose3 _pose;
        private string _module;
        private bool _isStale;

        /// <summary>Whether the left hand is at it.</summary>
        public bool HasLeft => _left.Hand.IsOver;

        /// <summary>Whether the right hand is at it.</summary>
        public bool HasRight => _right.Hand.IsOver;

        internal void Begin(RackClient client, Paint paint)
        {
            _client = client;
            _mesh = paint.Show(gameObject);
            client.Patch.ModuleRemoved += Forget;
            gameObject.SetActive(false);
        }

        /// <summary>Plays a module from now on; the same one again puts the keyboard away.</summary>
        internal void Play(string module, in Pose3 head)
        {
            LetGo();
            _module = module == _module ? null : module;
            gameObject.SetActive(_module != null);
            var level = new Vec3(head.Away.X, 0f, head.Away.Z);
            Quat facing = Quat.FromTo(Vec3.Away, level.Unit) * Quat.About(Vec3.Right, TiltDegrees);
            _pose = new Pose3(head.Position + level.Unit * AwayMm - Vec3.Up * BelowMm, facing);
            RoomSpace.Put(transform, _pose);
            transform.localScale = RoomSpace.MetresPerMm * Vector3.one;
            _isStale = true;
        }

        internal void Shift(int octaves)
        {
            LetGo();
            _piano.Shift(octaves);
        }

        /// <summary>The hands of this frame; a stick moved aside over the keys changes the octave.</summary>
        internal void Move(in HandFrame left, in HandFrame right, float seconds)
        {
            if (_module == null)
            {
                return;
            }
            var keys = new HungPanel(_pose, Piano.Width, Piano.Height);
            Strike(_left, left, keys, seconds);
            Strike(_right, right, keys, seconds);
            if (_isStale)
            {
                _isStale = false;
                _painter.Draw(_mesh, _left.Key, _right.Key);
            }
        }

        private void Strike(KeyFinger finger, in HandFrame hand, in HungPanel keys, float seconds)
        {
            int octaves = finger.Move(hand, keys, seconds);
            if (octaves != 0)
            {
                Shift(octaves);
            }
            if (finger.Key == finger.Sounding)
            {
                return;
            }
            End(finger);
            if (finger.Key >= 0)
            {
                int note = _piano.NoteOf(finger.Key);
                bool isStarted = note <= HighestNote
                    && _client.Notes.Start(_module, note, Piano.PitchOf(note), finger.Velocity);
                finger.Sound(isStarted ? note : -1);
            }
            _isStale = true;
        }

        private void End(KeyFinger finger)
        {
            if (finger.Note >= 0)
            {
                _client.Notes.End(_module, finger.Note);
            }
            finger.Sound(-1);
        }

        private void LetGo()
        {
            if (_module != null)
            {
                End(_left);
                End(_right);
            }
        }

        private void Forget(string module)
        {
            if (module == _module)
            {
                Play(module, _pose);
            }
        }

        private void OnDestroy() => Destroy(_mesh);
    }
}
