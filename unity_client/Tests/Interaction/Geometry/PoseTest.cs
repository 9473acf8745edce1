using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Interaction.Tests
{
    public sealed class PoseTest
    {
        private static readonly Pose3 Tilted =
            new Pose3(new Vec3(100f, 1200f, 500f), Quat.About(new Vec3(0.6f, 0.8f, 0f), 70f));

        [Test]
        public void What_goes_into_a_frame_comes_back_out()
        {
            var place = new Vec3(-320f, 17f, 900f);
            Near.Place(Tilted.ToSpace(Tilted.ToLocal(place)), place);
            var hand = new Pose3(place, Quat.About(Vec3.Right, 33f));
            Pose3 back = Tilted.ToSpace(Tilted.ToLocal(hand));
            Near.Place(back.Position, hand.Position);
            Near.Rotation(back.Rotation, hand.Rotation);
        }

        [Test]
        public void An_upright_panel_faces_who_stands_before_it_looking_away()
        {
            Near.Place(Pose3.Identity.Out, new Vec3(0f, 0f, -1f), 0f);
        }

        [Test]
        public void A_pose_from_the_wire_goes_back_as_it_came()
        {
            var position = new Vector(60.96, 1200.0, -400.0);
            var rotation = new Rotation(0.0, 0.6, 0.0, 0.8);
            Pose3 pose = PatchSpace.PoseOf(position, rotation);
            Near.Place(pose.Position, new Vec3(60.96f, 1200f, -400f), 0f);
            Vector back = PatchSpace.VectorOf(pose.Position);
            Assert.That(back.X, Is.EqualTo(60.96).Within(1e-5));
            Assert.That(PatchSpace.RotationOf(pose.Rotation).Y, Is.EqualTo(0.6).Within(1e-6));
        }

        [Test]
        public void A_ray_meets_the_plane_of_a_face_from_either_side()
        {
            Pose3 face = new Pose3(new Vec3(0f, 0f, 600f), Quat.Identity);
            Assert.That(new Ray3(Vec3.Zero, new Vec3(0f, 0f, 2f)).DistanceTo(face), Is.EqualTo(600f));
            Assert.That(new Ray3(new Vec3(5f, 5f, 1000f), new Vec3(0f, 0f, -1f)).DistanceTo(face), Is.EqualTo(400f));
        }

        [Test]
        public void A_ray_that_leads_away_or_along_misses()
        {
            Pose3 face = new Pose3(new Vec3(0f, 0f, 600f), Quat.Identity);
            Assert.That(new Ray3(Vec3.Zero, new Vec3(0f, 0f, -1f)).DistanceTo(face), Is.NaN);
            Assert.That(new Ray3(Vec3.Zero, Vec3.Right).DistanceTo(face), Is.NaN);
            Assert.That(new Ray3(Vec3.Zero, Vec3.Zero).DistanceTo(face), Is.NaN);
        }
    }
}
