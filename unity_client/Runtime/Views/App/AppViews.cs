using System;
using SynthVR.Client;
using SynthVR.Interaction;
using TMPro;
using Unity.XR.CoreUtils;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Makes all views, joins them, and moves them once a frame in the order in which they need each other.
    /// </summary>
    internal sealed class AppViews
    {
        private const float RackAwayMm = 900f;
        private const float RackHeightMm = 1250f;

        private readonly Transform _parent;
        private readonly Transform _head;
        private readonly RackHands _hands;
        private readonly Passthrough _passthrough;
        private readonly RackView _rack;
        private readonly KnobsView _knobs;
        private readonly JacksView _jacks;
        private readonly ScopesView _scopes;
        private readonly CablesView _cables;
        private readonly HandsInput _input;
        private readonly HandsView _handsView;
        private readonly PeopleView _people;
        private readonly BubbleView _bubble;
        private readonly PianoView _piano;
        private readonly MenuView _menu;
        private readonly SoundOut _sound;
        private readonly ConnectionPage _servers;
        private readonly ModulePage _module;
        private bool _isPlaced;

        internal AppViews(
            Transform parent, XROrigin origin, TMP_FontAsset font, RackClient client, ServerBrowser browser,
            ServerMemory memory, AppSettings settings)
        {
            _parent = parent;
            _head = origin.Camera.transform;
            _passthrough = new Passthrough(origin.Camera);
            var paint = new Paint(font);
            var touch = new RackTouch(client);
            _rack = Make<RackView>("Rack");
            RackScene scene = _rack.Scene;
            _hands = new RackHands(scene, touch);
            _knobs = Make<KnobsView>("Knobs");
            _knobs.Begin(client, scene, paint);
            _scopes = MakeIn<ScopesView>(_rack.transform, "Scopes");
            _scopes.Begin(client, scene, paint);
            _rack.Begin(client, paint, _knobs, _scopes);
            _jacks = Make<JacksView>("Jacks");
            _jacks.Begin(scene, touch, paint);
            _cables = Make<CablesView>("Cables");
            _cables.Begin(client, scene, paint);
            _input = Make<HandsInput>("Hands input");
            _input.Begin(origin);
            _handsView = Make<HandsView>("Hands");
            _handsView.Begin(_input, _head, paint);
            _people = Make<PeopleView>("People");
            _people.Begin(client, scene, _head, paint);
            _bubble = Make<BubbleView>("Texts");
            _bubble.Begin(client, scene, _head, paint);
            _sound = Make<SoundOut>("Sound");
            _sound.Begin(client.Sound);
            _piano = Make<PianoView>("Piano");
            _piano.Begin(client, paint);
            _menu = Make<MenuView>("Menu");
            var placer = new ModulePlacer(client, scene, _head);
            _servers = new ConnectionPage(client, browser, memory, _menu.Refill);
            _module = new ModulePage(client, placer, Play, _piano.Shift, _menu.Refill);
            _menu.Begin(
                _head,
                paint,
                new PalettePage(client, placer.Add, _menu.Refill),
                new LibraryPage(client, _menu.Refill),
                _module,
                _servers,
                new SettingsPage(client, settings, _sound, _passthrough, PlaceRack, _menu.Refill));
            touch.PanelTapped += ShowModule;
            touch.JackTapped += _scopes.Toggle;
        }

        /// <summary>The scene with all panels.</summary>
        internal RackScene Scene => _rack.Scene;

        internal RackHands Hands => _hands;

        internal HandsInput Input => _input;

        internal void ShowServers() => _menu.Show(_servers);

        internal void DropHands() => _hands.Drop();

        internal void Apply(AppSettings settings)
        {
            _hands.KeepsScale = settings.KeepsScale;
            _cables.Hangs = settings.CablesHang;
            _cables.Restyle();
            _menu.IsLeftHanded = settings.IsLeftHanded;
            _sound.Play(settings.HearsHere);
            if (settings.HearsHere && _sound.Device.Problem.Length > 0)
            {
                _bubble.Say(_sound.Device.Problem);
            }
            _passthrough.Show(settings.SeesRoom);
        }

        /// <summary>One frame.</summary>
        internal void Move(float seconds)
        {
            _input.Read(seconds);
            HandFrame left = _input.Left;
            HandFrame right = _input.Right;
            if (!_isPlaced && _head.localPosition != Vector3.zero)
            {
                PlaceRack(); // as soon as the headset knows where it is
            }
            if (_input.HasPressedMenu)
            {
                _menu.Toggle();
            }
            _menu.Move(left, right, seconds);
            _piano.Move(left, right, seconds);
            _hands.Move(left, _menu.HasLeft || _piano.HasLeft, right, _menu.HasRight || _piano.HasRight, seconds);
            HandsInput.Feel(true, _hands.LeftPulse);
            HandsInput.Feel(false, _hands.RightPulse);
            Draw(seconds);
        }

        private void Draw(float seconds)
        {
            RackHand left = _hands.Left;
            RackHand right = _hands.Right;
            _rack.Draw();
            Light(left);
            Light(right);
            _knobs.Draw();
            _jacks.Draw(left, right);
            _scopes.Draw();
            _cables.Draw(left, right, seconds);
            _people.Draw();
            _handsView.Draw(_hands, _menu.LeftMm, _menu.RightMm, Scene);
            _bubble.Draw(left, right, seconds);
        }

        private void Light(RackHand hand)
        {
            int panel = hand.Aim.Hit.Index;
            if (hand.Hold == HandHold.Nothing && panel >= 0 && panel < Scene.Count && hand.Aim.Control >= 0)
            {
                PanelLayout layout = Scene.LayoutOf(panel);
                if (hand.Aim.Control < layout.Controls.Length)
                {
                    _knobs.Light(Scene.IdOf(panel), layout.Controls[hand.Aim.Control].Id);
                }
            }
        }

        /// <summary>The patch's origin before the player, facing them, at its own size.</summary>
        private void PlaceRack()
        {
            Pose3 head = RoomSpace.Of(_head);
            Vec3 level = new Vec3(head.Away.X, 0f, head.Away.Z).Unit;
            var place = new Vec3(
                head.Position.X + level.X * RackAwayMm, RackHeightMm, head.Position.Z + level.Z * RackAwayMm);
            _hands.Place(new RackPlacement(new Pose3(place, Quat.FromTo(Vec3.Away, level)), 1f));
            _isPlaced = true;
        }

        private void ShowModule(string module)
        {
            _module.About(module);
            _menu.Show(_module);
        }

        private void Play(string module) => _piano.Play(module, RoomSpace.Of(_head));

        private T Make<T>(string name)
            where T : Component
        {
            return MakeIn<T>(_parent, name);
        }

        private static T MakeIn<T>(Transform parent, string name)
            where T : Component
        {
            var made = new GameObject(name);
            made.transform.SetParent(parent, false);
            return made.AddComponent<T>();
        }
    }
}
