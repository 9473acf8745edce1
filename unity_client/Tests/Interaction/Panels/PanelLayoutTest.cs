using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Interaction.Tests
{
    public sealed class PanelLayoutTest
    {
        [Test]
        public void Everything_sits_where_the_server_has_it()
        {
            PanelLayout layout = PanelLayout.Of(Modules.Vca());
            PlacedControl output = layout.Controls[layout.Find("out")];
            Assert.That(layout.Width, Is.EqualTo(35.56f));
            Assert.That(layout.Height, Is.EqualTo(128.5f));
            Assert.That(output.Kind, Is.EqualTo(ControlKind.Output));
            Assert.That(output.Body.X, Is.EqualTo(17.78f));
            Assert.That(output.Body.Y, Is.EqualTo(105f));
            Assert.That(layout.Controls.Length, Is.EqualTo(5));
            Assert.That(layout.Find("nothing"), Is.EqualTo(-1));
        }

        [Test]
        public void A_knob_is_as_large_as_its_neighbours_let_it()
        {
            PanelLayout layout = PanelLayout.Of(Modules.Vca());
            PlacedControl knob = layout.Controls[layout.Find("level")];
            Assert.That(knob.Kind, Is.EqualTo(ControlKind.Knob));
            Assert.That(knob.Radius, Is.EqualTo(14f * 0.275f).Within(1e-4), "14 mm to the jack below");
            Assert.That(knob.Label.Width, Is.EqualTo(15.24f - 0.6f).Within(1e-4));
            Assert.That(knob.Label.Top, Is.GreaterThan(knob.Body.Bottom));
        }

        [Test]
        public void Without_places_the_layout_is_the_one_the_server_would_make()
        {
            ModuleInfo vca = Modules.Vca();
            var bare = new ModuleInfo(
                vca.Id, vca.Title, vca.Description, vca.Tags, vca.Inputs, vca.Outputs, vca.Knobs, false, 0, false,
                new Panel(0, 0, new Dictionary<string, PanelPoint>()), false);
            PanelLayout made = PanelLayout.Of(bare);
            PanelLayout given = PanelLayout.Of(vca);
            Assert.That(made.Width, Is.EqualTo(given.Width));
            for (int index = 0; index < given.Controls.Length; index++)
            {
                Assert.That(made.Controls[index].Body.X, Is.EqualTo(given.Controls[index].Body.X));
                Assert.That(made.Controls[index].Body.Y, Is.EqualTo(given.Controls[index].Body.Y));
            }
        }

        [TestCase(-5.0, 20.0)]
        [TestCase(20.0, 500.0)]
        [TestCase(double.NaN, 20.0)]
        public void A_place_beside_the_panel_is_not_believed(double x, double y)
        {
            var places = new Dictionary<string, PanelPoint> { { "level", new PanelPoint(x, y) } };
            var panel = new Panel(35.56, 128.5, places);
            ModuleInfo info = Modules.Of(new[] { Modules.Level }, new string[0], new string[0], panel);
            PlacedControl knob = PanelLayout.Of(info).Controls[0];
            Assert.That(knob.Body.X, Is.EqualTo(17.78f).Within(0.01));
            Assert.That(knob.Body.Y, Is.EqualTo(21f));
        }

        [Test]
        public void A_module_with_very_many_jacks_gets_a_wider_panel_and_keeps_them_apart()
        {
            ModuleInfo info = Modules.WithoutPlaces(
                new[] { Modules.Level, Modules.Slope }, Modules.Names("in", 40), Modules.Names("out", 16));
            PanelLayout layout = PanelLayout.Of(info);
            for (int one = 0; one < layout.Controls.Length; one++)
            {
                PanelArea body = layout.Controls[one].Body;
                Assert.That(body.Bottom, Is.LessThanOrEqualTo(layout.Height));
                Assert.That(body.X + body.Width / 2f, Is.LessThanOrEqualTo(layout.Width));
                for (int other = 0; other < one; other++)
                {
                    PlacedControl near = layout.Controls[other];
                    Assert.That(near.DistanceTo(body.X, body.Y), Is.GreaterThan(3f));
                }
            }
        }

        [Test]
        public void A_knob_with_choices_is_a_switch_and_one_with_two_a_button()
        {
            ModuleInfo info = Modules.WithoutPlaces(
                new[] { Modules.Level, Modules.Slope, Modules.Scale }, new string[0], new string[0]);
            PanelLayout layout = PanelLayout.Of(info);
            Assert.That(layout.Controls[0].Kind, Is.EqualTo(ControlKind.Knob));
            Assert.That(layout.Controls[1].Kind, Is.EqualTo(ControlKind.Button));
            Assert.That(layout.Controls[2].Kind, Is.EqualTo(ControlKind.Switch));
        }

        [Test]
        public void A_hand_finds_the_nearest_control_within_its_reach()
        {
            PanelLayout layout = PanelLayout.Of(Modules.Vca());
            Assert.That(layout.ControlAt(10f, 22f, 0f), Is.EqualTo(layout.Find("level")));
            Assert.That(layout.ControlAt(10.16f, 27.6f, 6f), Is.EqualTo(layout.Find("level")));
            Assert.That(layout.ControlAt(10.16f, 29.6f, 6f), Is.EqualTo(layout.Find("audio")));
            Assert.That(layout.ControlAt(17.78f, 70f, 6f), Is.EqualTo(-1));
            Assert.That(layout.ControlAt(float.NaN, 70f, 6f), Is.EqualTo(-1));
        }

        [Test]
        public void A_scope_fits_where_nothing_is()
        {
            PanelLayout layout = PanelLayout.Of(Modules.Vca());
            Assert.That(layout.Scope.IsEmpty, Is.False);
            foreach (PlacedControl control in layout.Controls)
            {
                bool isAbove = control.Label.Bottom <= layout.Scope.Top;
                bool isBelow = control.Body.Top >= layout.Scope.Bottom;
                Assert.That(isAbove || isBelow, Is.True, control.Id);
            }
        }

        [Test]
        public void A_full_panel_has_no_room_for_a_scope()
        {
            ModuleInfo info = Modules.WithoutPlaces(new KnobInfo[0], Modules.Names("in", 10), Modules.Names("out", 4));
            Assert.That(PanelLayout.Of(info).Scope.IsEmpty, Is.True);
        }

        [Test]
        public void A_ghost_without_anything_still_has_a_panel()
        {
            PanelLayout layout = PanelLayout.Of(Modules.WithoutPlaces(new KnobInfo[0], new string[0], new string[0]));
            Assert.That(layout.Width, Is.EqualTo(35.56f));
            Assert.That(layout.Controls, Is.Empty);
        }

        [Test]
        public void Looking_for_a_control_allocates_nothing()
        {
            PanelLayout layout = PanelLayout.Of(Modules.Vca());
            float x = 0f;
            Allocations.AssertNone(() => layout.ControlAt(x = (x + 1f) % 35f, 30f, 5f));
        }
    }
}
