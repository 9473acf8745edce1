using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class BoardTest
    {
        [Test]
        public void What_is_pressed_is_what_is_there()
        {
            string pressed = "";
            var board = new Board();
            board.Begin("Patches");
            board.Text("A sentence");
            BoardRow row = board.Row(2);
            row.Add("one", () => pressed = "one");
            row.Add("two", () => pressed = "two");
            row.Add("three", () => pressed = "three");
            BoardItem two = board.Items[3];
            Assert.That(board.Items.Count, Is.EqualTo(4), "a third column of two is left out");
            board.Items[board.ItemAt(two.Area.X, two.Area.Y)].Pressed();
            Assert.That(pressed, Is.EqualTo("two"));
            PanelArea text = board.Items[1].Area;
            Assert.That(board.ItemAt(text.X, text.Y), Is.EqualTo(-1), "text is not pressed");
        }

        [Test]
        public void Everything_has_its_own_place_on_the_board()
        {
            var board = new Board();
            board.Begin("Title");
            board.Text("");
            board.Toggle("on or off", true, Nothing);
            board.Button("a button", Nothing);
            new Typing(Nothing).Fill(board, "done", text => { });
            foreach (BoardItem item in board.Items)
            {
                Assert.That(item.Area.Top >= 0f && item.Area.Bottom <= board.Height, item.Text);
                Assert.That(item.Area.X - item.Area.Width / 2f, Is.GreaterThanOrEqualTo(0f), item.Text);
                Assert.That(item.Area.X + item.Area.Width / 2f, Is.LessThanOrEqualTo(Board.Width), item.Text);
                int found = board.ItemAt(item.Area.X, item.Area.Y);
                Assert.That(item.Pressed == null || board.Items[found] == item, item.Text);
            }
        }

        [Test]
        public void A_text_is_written_key_by_key()
        {
            int filled = 0;
            string done = null;
            var board = new Board();
            var typing = new Typing(() => filled++);
            typing.Fill(board, "connect", text => done = text);
            Press(board, "1");
            Press(board, "9");
            Press(board, ".");
            Press(board, "back");
            Press(board, "space");
            Press(board, "connect");
            Assert.That(done, Is.EqualTo("19"), "spaces at the ends are nobody's meaning");
            Assert.That(filled, Is.EqualTo(5));
        }

        [Test]
        public void Capitals_are_for_who_asks()
        {
            var board = new Board();
            var typing = new Typing(Nothing);
            typing.Fill(board, "done", text => { });
            Press(board, "capital");
            board.Begin("");
            typing.Fill(board, "done", text => { });
            Press(board, "A");
            Assert.That(typing.Text, Is.EqualTo("A"));
        }

        [Test]
        public void A_text_ends_somewhere()
        {
            var typing = new Typing(Nothing);
            for (int key = 0; key < 100; key++)
            {
                typing.Write("x");
            }
            Assert.That(typing.Text.Length, Is.EqualTo(Typing.MostCharacters));
        }

        [Test]
        public void A_long_sentence_goes_on_in_the_next_line()
        {
            var board = new Board();
            board.Begin("Title");
            board.Text(string.Join(" ", Modules.Names("word", 40)));
            string written = "";
            for (int line = 1; line < board.Items.Count; line++)
            {
                Assert.That(board.Items[line].Text.Length, Is.LessThanOrEqualTo(88));
                written += board.Items[line].Text + " ";
            }
            Assert.That(written.Trim(), Is.EqualTo(string.Join(" ", Modules.Names("word", 40))));
            board.Text(new string('x', 500));
            Assert.That(board.Items[board.Items.Count - 1].Text.Length, Is.EqualTo(500 - 5 * 88));
        }

        private static void Press(Board board, string text)
        {
            foreach (BoardItem item in board.Items)
            {
                if (item.Text == text && item.Pressed != null)
                {
                    item.Pressed();
                    return;
                }
            }
            Assert.Fail("There is no " + text);
        }

        private static void Nothing()
        {
        }
    }
}
