using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class PanelPickingTest
    {
        private static readonly HungPanel Front =
            new HungPanel(new Pose3(new Vec3(0f, 1200f, 500f), Quat.Identity), 40f, 128.5f);

        private static readonly HungPanel Behind =
            new HungPanel(new Pose3(new Vec3(0f, 1200f, 900f), Quat.Identity), 80f, 128.5f);

        private static readonly HungPanel[] Both = { Behind, Front };

        [Test]
        public void A_ray_meets_the_first_panel()
        {
            PanelHit hit = PanelPicking.Cast(Ahead(10f, 1200f), Both, 2);
            Assert.That(hit.Index, Is.EqualTo(1));
            Assert.That(hit.DistanceMm, Is.EqualTo(500f).Within(1e-3));
            Assert.That(hit.X, Is.EqualTo(30f).Within(1e-3));
            Assert.That(hit.Y, Is.EqualTo(64.25f).Within(1e-3));
            Assert.That(hit.IsFace, Is.True);
        }

        [Test]
        public void A_ray_that_passes_the_first_meets_the_second()
        {
            PanelHit hit = PanelPicking.Cast(Ahead(30f, 1230f), Both, 2);
            Assert.That(hit.Index, Is.EqualTo(0));
            Assert.That(hit.X, Is.EqualTo(70f).Within(1e-3));
            Assert.That(hit.Y, Is.EqualTo(34.25f).Within(1e-3));
        }

        [Test]
        public void A_ray_beside_all_meets_none()
        {
            Assert.That(PanelPicking.Cast(Ahead(50f, 1200f), Both, 2).IsNone, Is.True);
            Assert.That(PanelPicking.Cast(Ahead(0f, 1200f), Both, 0).IsNone, Is.True);
            Assert.That(PanelPicking.Cast(new Ray3(new Vec3(float.NaN, 0f, 0f), Vec3.Away), Both, 2).IsNone, Is.True);
        }

        [Test]
        public void From_behind_a_panel_is_met_at_its_back()
        {
            PanelHit hit = PanelPicking.Cast(new Ray3(new Vec3(0f, 1200f, 2000f), -Vec3.Away), Both, 2);
            Assert.That(hit.Index, Is.EqualTo(0));
            Assert.That(hit.IsFace, Is.False);
        }

        [Test]
        public void A_ray_from_a_tilted_hand_meets_the_very_place_it_points_at()
        {
            var panel = new HungPanel(
                new Pose3(new Vec3(300f, 900f, 700f), Quat.About(new Vec3(0.6f, 0.8f, 0f), 35f)), 60f, 128.5f);
            var hand = new Vec3(0f, 1100f, 0f);
            PanelHit hit = PanelPicking.Cast(new Ray3(hand, panel.At(12f, 99f) - hand), new[] { panel }, 1);
            Assert.That(hit.X, Is.EqualTo(12f).Within(0.01));
            Assert.That(hit.Y, Is.EqualTo(99f).Within(0.01));
        }

        [Test]
        public void A_hand_touches_the_nearest_panel_edges_included()
        {
            PanelHit hit = PanelPicking.Touch(new Vec3(50f, 1200f, 460f), Both, 2);
            Assert.That(hit.Index, Is.EqualTo(1));
            Assert.That(hit.DistanceMm, Is.EqualTo(50f).Within(1e-3), "30 mm beside, 40 mm before");
            Assert.That(PanelPicking.Touch(Vec3.Zero, Both, 0).IsNone, Is.True);
            Assert.That(PanelPicking.Touch(new Vec3(float.NaN, 0f, 0f), Both, 2).IsNone, Is.True);
        }

        [Test]
        public void Picking_allocates_nothing()
        {
            float x = 0f;
            Allocations.AssertNone(() =>
            {
                PanelPicking.Cast(Ahead(x = (x + 1f) % 60f, 1200f), Both, 2);
                PanelPicking.Touch(new Vec3(x, 1200f, 450f), Both, 2);
            });
        }

        private static Ray3 Ahead(float x, float y) => new Ray3(new Vec3(x, y, 0f), Vec3.Away);
    }
}
