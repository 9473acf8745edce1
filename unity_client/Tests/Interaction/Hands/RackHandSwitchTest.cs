using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Interaction.Tests
{
    public sealed class RackHandSwitchTest
    {
        [Test]
        public void A_tap_goes_to_the_next_position_and_round()
        {
            Assert.That(Tapped(0), Is.EqualTo(1));
            Assert.That(Tapped(2), Is.EqualTo(0));
        }

        [Test]
        public void A_switch_can_be_turned_instead()
        {
            var room = WithSwitch(0);
            room.Do(room.Pointing("switch", "scale", HandButtons.None));
            for (float twist = 0f; twist > -40f; twist -= 1f)
            {
                room.Do(room.Pointing("switch", "scale", HandButtons.Select, twist));
            }
            Assert.That(room.Touch.Stands, Is.GreaterThan(0.0));
            double turned = room.Touch.Stands;
            room.Do(room.Pointing("switch", "scale", HandButtons.None, -40f));
            Assert.That(room.Touch.Stands, Is.EqualTo(turned), "letting go flips nothing");
        }

        [Test]
        public void Holding_it_without_turning_flips_nothing()
        {
            var room = WithSwitch(1);
            room.Do(room.Pointing("switch", "scale", HandButtons.None));
            room.Do(room.Pointing("switch", "scale", HandButtons.Select), 60);
            room.Do(room.Pointing("switch", "scale", HandButtons.None));
            Assert.That(room.Touch.Turns, Is.EqualTo(0));
        }

        private static double Tapped(double before)
        {
            Room room = WithSwitch(before);
            room.Do(room.Pointing("switch", "scale", HandButtons.None));
            room.Do(room.Pointing("switch", "scale", HandButtons.Select), 4);
            room.Do(room.Pointing("switch", "scale", HandButtons.None));
            return room.Touch.Stands;
        }

        private static Room WithSwitch(double stands)
        {
            var room = new Room();
            ModuleInfo info = Modules.WithoutPlaces(new[] { Modules.Scale }, new[] { "in" }, new[] { "out" });
            room.Scene.Put("switch", PanelLayout.Of(info), Room.At(300f));
            room.Touch.Stands = stands;
            return room;
        }
    }
}
