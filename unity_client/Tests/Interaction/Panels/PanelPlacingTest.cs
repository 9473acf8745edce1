using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class PanelPlacingTest
    {
        private const float Wide = 50.8f;
        private const float High = 128.5f;

        private static readonly Pose3 Head =
            new Pose3(new Vec3(300f, 1600f, -200f), Quat.About(Vec3.Up, 120f) * Quat.About(Vec3.Right, 35f));

        [Test]
        public void The_first_panel_hangs_an_arm_away_and_faces_the_eyes_upright()
        {
            Pose3 pose = PanelPlacing.InFrontOf(Head, 1f, Wide, High, new HungPanel[0], 0);
            Vec3 way = pose.Position - Head.Position;
            Assert.That(new Vec3(way.X, 0f, way.Z).Length, Is.EqualTo(PanelPlacing.ArmMm).Within(0.1));
            Assert.That(way.Y, Is.EqualTo(-PanelPlacing.BelowEyesMm).Within(0.1));
            Near.Rotation(pose.Rotation, Quat.About(Vec3.Up, 120f), 0.1f);
            Assert.That(Vec3.Dot(pose.Out, new Vec3(way.X, 0f, way.Z).Unit), Is.EqualTo(-1f).Within(1e-4));
        }

        [Test]
        public void A_hundred_panels_hang_over_no_other_and_all_before_the_eyes()
        {
            var panels = new HungPanel[100];
            for (int count = 0; count < panels.Length; count++)
            {
                Pose3 pose = PanelPlacing.InFrontOf(Head, 1f, Wide, High, panels, count);
                panels[count] = new HungPanel(pose, Wide, High);
                Assert.That(PanelPlacing.IsFree(panels[count], panels, count), Is.True, "panel " + count);
                Vec3 look = Quat.About(Vec3.Up, 120f) * Vec3.Away;
                Assert.That(Vec3.Dot(pose.Position - Head.Position, look), Is.GreaterThan(-1f), "panel " + count);
            }
        }

        [Test]
        public void The_second_hangs_beside_the_first_with_little_between()
        {
            Pose3 first = PanelPlacing.InFrontOf(Head, 1f, Wide, High, new HungPanel[0], 0);
            var panels = new[] { new HungPanel(first, Wide, High) };
            Pose3 second = PanelPlacing.InFrontOf(Head, 1f, Wide, High, panels, 1);
            Assert.That(Vec3.Distance(first.Position, second.Position), Is.InRange(Wide, 2f * Wide));
        }

        [Test]
        public void In_a_rack_twice_as_large_it_hangs_as_near_in_the_room()
        {
            Pose3 pose = PanelPlacing.InFrontOf(Pose3.Identity, 2f, Wide, High, new HungPanel[0], 0);
            Assert.That(pose.Position.Z * 2f, Is.EqualTo(PanelPlacing.ArmMm).Within(0.1));
        }

        [Test]
        public void A_head_that_looks_at_its_feet_still_has_a_before()
        {
            var head = new Pose3(new Vec3(0f, 1600f, 0f), Quat.About(Vec3.Right, 90f));
            Pose3 pose = PanelPlacing.InFrontOf(head, 1f, Wide, High, new HungPanel[0], 0);
            Assert.That(pose.Position.Z, Is.EqualTo(PanelPlacing.ArmMm).Within(0.1));
        }

        [Test]
        public void Panels_edge_to_edge_are_clear_of_each_other()
        {
            var panels = new[] { new HungPanel(Pose3.Identity, 40f, High) };
            Assert.That(PanelPlacing.IsFree(At(40f, 0f, 0f), panels, 1), Is.True);
            Assert.That(PanelPlacing.IsFree(At(39.5f, 0f, 0f), panels, 1), Is.False);
            Assert.That(PanelPlacing.IsFree(At(0f, 0f, 30f), panels, 1), Is.False, "hidden behind");
            Assert.That(PanelPlacing.IsFree(At(0f, 0f, 41f), panels, 1), Is.True);
        }

        [Test]
        public void A_panel_that_stands_askew_through_another_is_in_its_way()
        {
            var panels = new[] { new HungPanel(Pose3.Identity, 40f, High) };
            Quat askew = Quat.About(Vec3.Up, 80f);
            var through = new HungPanel(new Pose3(new Vec3(30f, 0f, 10f), askew), 40f, High);
            var beside = new HungPanel(new Pose3(new Vec3(48f, 0f, 0f), askew), 40f, High);
            Assert.That(PanelPlacing.IsFree(through, panels, 1), Is.False);
            Assert.That(PanelPlacing.IsFree(beside, panels, 1), Is.True);
        }

        [TestCase(43f, 4f, 40f, 0f)]
        [TestCase(-37f, -3f, -40f, 0f)]
        [TestCase(-4f, -130f, 0f, -133.35f)]
        public void A_panel_is_drawn_edge_to_edge_and_into_its_row(float x, float y, float toX, float toY)
        {
            var others = new[] { new HungPanel(Head, 40f, High) };
            var local = new Pose3(new Vec3(x, y, 15f), Quat.About(Vec3.Up, 9f));
            Pose3 drawn = Head.ToLocal(PanelSnap.Of(new HungPanel(Head.ToSpace(local), 40f, High), others, 1));
            Near.Place(drawn.Position, new Vec3(toX, toY, 0f), 0.02f);
            Near.Rotation(drawn.Rotation, Quat.Identity, 0.1f);
        }

        [Test]
        public void Far_from_all_or_turned_on_purpose_a_panel_stays_as_it_is()
        {
            var others = new[] { new HungPanel(Pose3.Identity, 40f, High) };
            Near.Place(PanelSnap.Of(At(70f, 0f, 0f), others, 1).Position, new Vec3(70f, 0f, 0f), 0f);
            var turned = new HungPanel(new Pose3(new Vec3(42f, 0f, 0f), Quat.About(Vec3.Up, 40f)), 40f, High);
            Near.Rotation(PanelSnap.Of(turned, others, 1).Rotation, turned.Pose.Rotation);
        }

        [Test]
        public void A_gap_that_is_taken_draws_nothing()
        {
            var others = new[] { new HungPanel(Pose3.Identity, 40f, High), At(45f, 0f, 0f) };
            Pose3 pose = PanelSnap.Of(At(38f, 3f, 10f), others, 2);
            Assert.That(Math.Abs(pose.Position.X - 38f), Is.LessThan(1e-3f));
        }

        private static HungPanel At(float x, float y, float z)
        {
            return new HungPanel(new Pose3(new Vec3(x, y, z), Quat.Identity), 40f, High);
        }
    }
}
