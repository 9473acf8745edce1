using SynthVR.Interaction;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Shows a board in the room, and tells what the hands press on it. One mesh, drawn when it has changed.
    /// </summary>
    public sealed class BoardView : MonoBehaviour
    {
        private const float TextSize = 5f;
        private const float TitleSize = 7f;

        private static readonly Color32 Back = new Color32(24, 26, 34, 255);
        private static readonly Color32 Button = new Color32(58, 64, 82, 255);
        private static readonly Color32 Hovered = new Color32(84, 94, 124, 255);
        private static readonly Color32 Chosen = new Color32(66, 104, 160, 255);
        private static readonly Color32 FieldBack = new Color32(10, 11, 15, 255);
        private static readonly Color32 Text = new Color32(232, 234, 240, 255);

        private readonly Ink _ink = new Ink();
        private readonly BoardHand _left = new BoardHand();
        private readonly BoardHand _right = new BoardHand();
        private Paint _paint;
        private Mesh _mesh;
        private int _seen = -1;
        private int _seenHover = -2;
        private float _scale = 1f;

        /// <summary>What it shows.</summary>
        public Board Board { get; } = new Board();

        /// <summary>Where it hangs, in the room.</summary>
        public Pose3 Pose { get; private set; } = Pose3.Identity;

        /// <summary>The left hand at it.</summary>
        public BoardHand Left => _left;

        /// <summary>The right hand at it.</summary>
        public BoardHand Right => _right;

        internal void Begin(Paint paint)
        {
            _paint = paint;
            _mesh = paint.Show(gameObject);
        }

        /// <summary>Hangs it in the room; one mm of it is <paramref name="scale"/> mm there.</summary>
        internal void Hang(in Pose3 pose, float scale)
        {
            Pose = pose;
            _scale = scale;
            RoomSpace.Put(transform, pose);
            transform.localScale = scale * RoomSpace.MetresPerMm * Vector3.one;
        }

        /// <summary>The hands of this frame. Returns the pulse for a press; its action has been carried out.</summary>
        internal bool Move(in HandFrame left, in HandFrame right)
        {
            var hung = new HungPanel(Pose, Board.Width * _scale, Board.Height * _scale);
            _left.Move(left, hung, _scale);
            _right.Move(right, hung, _scale);
            return Press(_left) | Press(_right);
        }

        internal void Draw()
        {
            int hover = _right.IsOver ? ItemAt(_right) : ItemAt(_left);
            if (_seen == Board.Version && _seenHover == hover)
            {
                return;
            }
            _seen = Board.Version;
            _seenHover = hover;
            _ink.Clear();
            _ink.Rectangle(0f, 0f, Board.Width, Board.Height, 0f, Back);
            for (int index = 0; index < Board.Items.Count; index++)
            {
                Draw(Board.Items[index], index == hover);
            }
            _ink.Upload(_mesh);
        }

        private void Draw(BoardItem item, bool isHovered)
        {
            bool isTitle = item.Kind == BoardItemKind.Title;
            PanelArea area = item.Area;
            if (item.Pressed != null || item.Kind == BoardItemKind.Field)
            {
                Color32 colour = isHovered ? Hovered
                    : item.IsOn ? Chosen
                    : item.Kind == BoardItemKind.Field ? FieldBack : Button;
                _ink.Rectangle(
                    area.X - Board.Width / 2f, Board.Height / 2f - area.Y, area.Width, area.Height, -0.1f, colour);
            }
            string text = item.Kind == BoardItemKind.Toggle ? (item.IsOn ? "[x]  " : "[  ]  ") + item.Text : item.Text;
            var line = new PanelArea(area.X, area.Y, area.Width - 2f, isTitle ? TitleSize : TextSize);
            _paint.Font.Write(_ink, text, line, Board.Width, Board.Height, Text);
        }

        private bool Press(BoardHand hand)
        {
            int item = hand.HasPressed ? ItemAt(hand) : -1;
            if (item < 0)
            {
                return false;
            }
            Board.Items[item].Pressed();
            return true;
        }

        private int ItemAt(BoardHand hand) => hand.IsOver ? Board.ItemAt(hand.X, hand.Y) : -1;

        private void OnDisable()
        {
            _left.Leave();
            _right.Leave();
        }

        private void OnDestroy() => Destroy(_mesh);
    }
}
