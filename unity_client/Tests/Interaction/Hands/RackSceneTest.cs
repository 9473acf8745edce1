using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Interaction.Tests
{
    public sealed class RackSceneTest
    {
        [Test]
        public void Jacks_are_where_their_panel_is_in_a_rack_that_is_scaled_and_turned()
        {
            var room = new Room();
            var placement = new RackPlacement(new Pose3(new Vec3(100f, 0f, 50f), Quat.About(Vec3.Up, 30f)), 2f);
            room.Scene.Place(placement);
            int jack = room.Scene.FindJack("right", "cv", JackSide.Input);
            // On the panel at 25.4, 35 mm from its top left corner; the panel is 35.56 by 128.5 mm around x = 40.
            Vec3 expected = placement.ToRoom(new Vec3(40f - 17.78f + 25.4f, 1300f + 64.25f - 35f, 600f));
            Assert.That(Vec3.Distance(room.Scene.Jacks[jack].End.Position, expected), Is.EqualTo(0f).Within(0.01f));
            Assert.That(Vec3.Distance(room.PlaceOf("right", "cv"), expected), Is.EqualTo(0f).Within(0.01f));
        }

        [Test]
        public void Every_control_finds_its_jack()
        {
            var room = new Room();
            for (int panel = 0; panel < room.Scene.Count; panel++)
            {
                PlacedControl[] controls = room.Scene.LayoutOf(panel).Controls;
                for (int control = 0; control < controls.Length; control++)
                {
                    int jack = room.Scene.JackOf(panel, control);
                    Assert.That(jack >= 0, Is.EqualTo(controls[control].IsJack));
                    if (jack >= 0)
                    {
                        Assert.That(room.Scene.Jacks[jack].Jack, Is.EqualTo(controls[control].Id));
                        Assert.That(room.Scene.Jacks[jack].Module, Is.EqualTo(room.Scene.IdOf(panel)));
                    }
                }
            }
        }

        [Test]
        public void What_is_removed_is_not_found_and_the_rest_is()
        {
            var room = new Room();
            room.Scene.Remove("left");
            Assert.That(room.Scene.Find("left"), Is.EqualTo(-1));
            Assert.That(room.Scene.FindJack("left", "out", JackSide.Output), Is.EqualTo(-1));
            int jack = room.Scene.FindJack("right", "out", JackSide.Output);
            Assert.That(room.Scene.Jacks[jack].Module, Is.EqualTo("right"));
            Assert.That(room.Scene.JackCount, Is.EqualTo(3));
        }

        [Test]
        public void A_panel_with_other_jacks_moves_those_behind_it()
        {
            var room = new Room();
            ModuleInfo ghost = Modules.WithoutPlaces(new KnobInfo[0], Modules.Names("in", 5), Modules.Names("out", 2));
            room.Scene.Put("left", PanelLayout.Of(ghost), Room.At(-40f));
            Assert.That(room.Scene.JackCount, Is.EqualTo(10));
            int jack = room.Scene.FindJack("right", "audio", JackSide.Input);
            Assert.That(jack, Is.EqualTo(7));
        }

        [Test]
        public void Many_modules_find_room()
        {
            var scene = new RackScene();
            PanelLayout layout = PanelLayout.Of(Modules.Vca());
            for (int module = 0; module < 100; module++)
            {
                scene.Put("m" + module, layout, Room.At(40f * module));
            }
            Assert.That(scene.Count, Is.EqualTo(100));
            Assert.That(scene.JackCount, Is.EqualTo(300));
            Assert.That(scene.IdOf(scene.Find("m99")), Is.EqualTo("m99"));
        }
    }
}
