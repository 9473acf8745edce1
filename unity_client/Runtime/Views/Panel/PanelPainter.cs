using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Draws what stands still on a panel, in mm around its centre: the plate, labels, jacks, switches in their
    /// position, the marks around knobs. All of it is one mesh; knobs turn, so they are drawn elsewhere.
    /// </summary>
    internal sealed class PanelPainter
    {
        /// <summary>Thick enough to be seen from the side and from behind, mm.</summary>
        private const float Thick = 4f;

        private const float TitleSize = 4.2f;
        private const float SwitchTextSize = 2.5f;
        private const int Marks = 11;

        private readonly Ink _ink = new Ink();
        private readonly LabelFont _font;
        private readonly KnobValues _values;

        internal PanelPainter(LabelFont font, KnobValues values)
        {
            _font = font;
            _values = values;
        }

        /// <summary>
        /// Draws a module that is in the patch; <paramref name="face"/> tells of ghosts and failures.
        /// </summary>
        internal void Draw(Mesh mesh, string module, PanelLayout layout, string title, Color32 face)
        {
            _ink.Clear();
            Plate(layout, face);
            var line = new PanelArea(layout.Width / 2f, layout.Title.Bottom - 1f, layout.Width - 6f, 0.6f);
            Fill(layout, line, -0.06f, PanelColours.Family(layout.Info));
            var name = new PanelArea(layout.Title.X, layout.Title.Y, layout.Width - 5f, TitleSize);
            _font.Write(_ink, title, name, layout.Width, layout.Height, PanelColours.Text);
            foreach (PlacedControl control in layout.Controls)
            {
                Draw(module, layout, control);
            }
            _ink.Upload(mesh);
        }

        private void Draw(string module, PanelLayout layout, in PlacedControl control)
        {
            float x = control.Body.X - layout.Width / 2f;
            float y = layout.Height / 2f - control.Body.Y;
            switch (control.Kind)
            {
                case ControlKind.Knob:
                    KnobMarks(x, y, control.Radius);
                    break;
                case ControlKind.Input:
                    Jack(x, y, control.Radius, KindColour.Of(layout.Info.Inputs[control.Index].Kind));
                    break;
                case ControlKind.Output:
                    float wide = 2f * control.Radius;
                    _ink.Rectangle(x, y - 1.6f, wide + 4f, wide + 7f, -0.04f, PanelColours.OutputPlate);
                    Jack(x, y, control.Radius, KindColour.Of(layout.Info.Outputs[control.Index].Kind));
                    break;
                default:
                    Switch(layout, control, x, y, _values.Value(new KnobId(module, control.Id)));
                    break;
            }
            _font.Write(_ink, control.Text, control.Label, layout.Width, layout.Height, PanelColours.Text);
        }

        private void Plate(PanelLayout layout, Color32 face)
        {
            float right = layout.Width / 2f;
            float top = layout.Height / 2f;
            var topLeft = new Vector3(-right, top, 0f);
            var topRight = new Vector3(right, top, 0f);
            var bottomRight = new Vector3(right, -top, 0f);
            var bottomLeft = new Vector3(-right, -top, 0f);
            Vector3 back = Thick * Vector3.forward;
            _ink.Quad(topLeft, topRight, bottomRight, bottomLeft, face);
            _ink.Quad(topRight + back, topLeft + back, bottomLeft + back, bottomRight + back, PanelColours.Side);
            _ink.Quad(topLeft + back, topRight + back, topRight, topLeft, PanelColours.Side);
            _ink.Quad(topRight, topRight + back, bottomRight + back, bottomRight, PanelColours.Side);
            _ink.Quad(bottomLeft, bottomRight, bottomRight + back, bottomLeft + back, PanelColours.Side);
            _ink.Quad(topLeft + back, topLeft, bottomLeft, bottomLeft + back, PanelColours.Side);
        }

        private void KnobMarks(float x, float y, float radius)
        {
            _ink.Disc(x, y, radius * 1.12f, -0.06f, 20, PanelColours.Recess);
            for (int mark = 0; mark < Marks; mark++)
            {
                double degrees = KnobRange.DegreesOf(mark / (Marks - 1.0));
                float turn = (float)degrees * Mathf.Deg2Rad;
                var way = new Vector3(Mathf.Sin(turn), Mathf.Cos(turn), 0f);
                Vector3 centre = new Vector3(x, y, -0.06f);
                _ink.Line(centre + way * (radius * 1.2f), centre + way * (radius * 1.38f), 0.22f, PanelColours.Mark);
            }
        }

        private void Jack(float x, float y, float radius, in Rgb kind)
        {
            _ink.Disc(x, y, radius, -0.08f, 20, Ink.Colour(kind));
            _ink.Disc(x, y, radius * 0.78f, -0.1f, 20, PanelColours.Recess);
            _ink.Disc(x, y, radius * 0.52f, -0.12f, 16, PanelColours.Hole);
        }

        private void Switch(PanelLayout layout, in PlacedControl control, float x, float y, double value)
        {
            KnobInfo knob = layout.Info.Knobs[control.Index];
            KnobRange range = KnobRange.Of(knob);
            int position = range.PositionOf(value);
            Fill(layout, control.Body, -0.06f, PanelColours.Switch);
            if (position < knob.Choices.Count)
            {
                var word = new PanelArea(control.Body.X, control.Body.Y, control.Body.Width - 1.4f, SwitchTextSize);
                _font.Write(_ink, knob.Choices[position], word, layout.Width, layout.Height, PanelColours.Text);
            }
            float pitch = Mathf.Min(2f, (control.Body.Width - 2f) / Mathf.Max(1, range.Positions - 1));
            for (int dot = 0; dot < range.Positions; dot++)
            {
                float aside = (dot - (range.Positions - 1) / 2f) * pitch;
                Color32 colour = dot == position ? PanelColours.DotOn : PanelColours.Mark;
                float down = control.Body.Height / 2f + 1.2f;
                _ink.Disc(x + aside, y - down, Mathf.Min(0.5f, pitch * 0.36f), -0.06f, 8, colour);
            }
        }

        private void Fill(PanelLayout layout, in PanelArea area, float z, Color32 colour)
        {
            _ink.Rectangle(
                area.X - layout.Width / 2f, layout.Height / 2f - area.Y, area.Width, area.Height, z, colour);
        }
    }
}
