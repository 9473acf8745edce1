using System;
using SynthVR.Interaction;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>The small board at a wrist, for hands that have no menu button; the other hand presses it.</summary>
    internal sealed class WristMenu
    {
        private const float Scale = 0.25f;
        private const float AboveMm = 70f;

        private readonly BoardView _board;
        private readonly Transform _head;

        internal WristMenu(BoardView board, Transform head, Action pressed)
        {
            _board = board;
            _head = head;
            board.Board.Begin("SynthVR");
            board.Board.Button("Menu", pressed);
        }

        /// <summary>It hangs at the right wrist.</summary>
        internal bool IsLeftHanded { get; set; }

        internal bool HasLeft => _board.Left.IsOver;

        internal bool HasRight => _board.Right.IsOver;

        internal void Move(in HandFrame left, in HandFrame right)
        {
            HandFrame wearer = IsLeftHanded ? right : left;
            _board.gameObject.SetActive(wearer.IsTracked);
            if (wearer.IsTracked)
            {
                Vec3 place = wearer.Grip.Position + Vec3.Up * AboveMm;
                _board.Hang(BoardPlace.Facing(RoomSpace.Mm(_head.position), place), Scale);
                _board.Move(IsLeftHanded ? left : HandFrame.Lost, IsLeftHanded ? HandFrame.Lost : right);
                _board.Draw();
            }
        }
    }
}
