using System.Collections.Generic;
using SynthVR.Interaction;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// The menu: a board with a page each for modules, patches, the connection and settings. The controller's menu
    /// button opens it before the eyes, and so does the small board at the wrist.
    /// </summary>
    public sealed class MenuView : MonoBehaviour
    {
        private const float ArmMm = 520f;
        private const float BelowEyesMm = 90f;
        private const float LiveSeconds = 1f; // a page that measures is written anew so often

        private readonly List<IPage> _pages = new List<IPage>();
        private IPage _page;
        private Transform _head;
        private BoardView _menu;
        private WristMenu _wrist;
        private float _sinceRefill;

        /// <summary>Whether it is open.</summary>
        public bool IsOpen => _menu.gameObject.activeSelf;

        /// <summary>Whether the left hand is at a board, and takes nothing behind it.</summary>
        public bool HasLeft => _menu.Left.IsOver || _wrist.HasLeft;

        /// <summary>Whether the right hand is at a board.</summary>
        public bool HasRight => _menu.Right.IsOver || _wrist.HasRight;

        /// <summary>How far the left hand's ray goes to the board, mm; 0 for none.</summary>
        public float LeftMm => _menu.Left.IsOver ? _menu.Left.DistanceMm : 0f;

        /// <summary>How far the right hand's ray goes to the board, mm; 0 for none.</summary>
        public float RightMm => _menu.Right.IsOver ? _menu.Right.DistanceMm : 0f;

        /// <summary>The small board hangs at the right wrist, and the left hand presses it.</summary>
        public bool IsLeftHanded
        {
            get => _wrist.IsLeftHanded;
            set => _wrist.IsLeftHanded = value;
        }

        internal void Begin(Transform head, Paint paint, params IPage[] pages)
        {
            _head = head;
            _pages.AddRange(pages);
            _page = pages[0];
            _menu = Make("Board", paint);
            _wrist = new WristMenu(Make("Wrist board", paint), head, Toggle);
            Close();
        }

        /// <summary>Opens on a page, before the eyes, or turns to it where it is open.</summary>
        internal void Show(IPage page)
        {
            _page = page;
            page.Open();
            Refill();
            if (!IsOpen)
            {
                Hang();
                _menu.gameObject.SetActive(true);
            }
        }

        internal void Toggle()
        {
            if (IsOpen)
            {
                Close();
            }
            else
            {
                Show(_page);
            }
        }

        internal void Close() => _menu.gameObject.SetActive(false);

        /// <summary>What a page shows has changed; it is written anew if it is the open one.</summary>
        internal void Refill(IPage page)
        {
            if (IsOpen && page == _page)
            {
                Refill();
            }
        }

        /// <summary>The hands of this frame.</summary>
        internal void Move(in HandFrame left, in HandFrame right, float seconds)
        {
            _wrist.Move(left, right);
            if (!IsOpen)
            {
                return;
            }
            _sinceRefill += seconds;
            if (_page.IsLive && _sinceRefill > LiveSeconds)
            {
                Refill();
            }
            if (_menu.Move(left, right))
            {
                HandsInput.Feel(true, _menu.Left.HasPressed ? HapticPulse.Detent : default(HapticPulse));
                HandsInput.Feel(false, _menu.Right.HasPressed ? HapticPulse.Detent : default(HapticPulse));
            }
            _menu.Draw();
        }

        private void Refill()
        {
            _sinceRefill = 0f;
            _menu.Board.Begin(_page.Name);
            BoardRow tabs = _menu.Board.Row(_pages.Count + 1);
            foreach (IPage page in _pages)
            {
                tabs.Add(page.Name, () => Show(page), page == _page);
            }
            tabs.Add("Close", Close);
            _page.Fill(_menu.Board);
        }

        private void Hang()
        {
            Pose3 head = RoomSpace.Of(_head);
            var level = new Vec3(head.Away.X, 0f, head.Away.Z);
            Vec3 place = head.Position + level.Unit * ArmMm - Vec3.Up * BelowEyesMm;
            _menu.Hang(BoardPlace.Facing(head.Position, place), 1f);
        }

        private BoardView Make(string name, Paint paint)
        {
            var shown = new GameObject(name);
            shown.transform.SetParent(transform, false);
            BoardView board = shown.AddComponent<BoardView>();
            board.Begin(paint);
            return board;
        }
    }
}
