using System;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    public sealed class WorldGripTest
    {
        private static readonly RackPlacement Somewhere =
            new RackPlacement(new Pose3(new Vec3(100f, 900f, 600f), Quat.About(Vec3.Up, 20f)), 0.8f);

        private static readonly Vec3 Left = new Vec3(-200f, 1200f, 300f);
        private static readonly Vec3 Right = new Vec3(250f, 1150f, 350f);

        private readonly Vec3 _nowhere = new Vec3(float.NaN, 0f, 0f);

        [Test]
        public void One_grip_moves_the_rack_with_the_hand()
        {
            WorldGrip grip = Held(true, false);
            var way = new Vec3(30f, -20f, 55f);
            Assert.That(grip.Move(Left + way, true, Right, false), Is.True);
            Near.Place(grip.Placement.Pose.Position, Somewhere.Pose.Position + way);
            Near.Rotation(grip.Placement.Pose.Rotation, Somewhere.Pose.Rotation, 0f);
        }

        [Test]
        public void Two_grips_keep_hold_of_what_is_under_them()
        {
            WorldGrip grip = Held(true, true);
            Vec3 underLeft = grip.Placement.ToPatch(Left);
            Vec3 underRight = grip.Placement.ToPatch(Right);
            Quat turn = Quat.About(Vec3.Up, 70f);
            Vec3 left = Vec3.Zero;
            Vec3 right = Vec3.Zero;
            for (int step = 1; step <= 100; step++)
            {
                Quat part = Quat.Between(Quat.Identity, turn, step / 100f);
                left = part * Left * (1f + step / 100f) + new Vec3(0f, step, 0f);
                right = part * Right * (1f + step / 100f) + new Vec3(0f, step, 0f);
                grip.Move(left, true, right, true);
            }
            Assert.That(grip.Placement.Scale, Is.EqualTo(1.6f).Within(1e-3));
            Near.Place(grip.Placement.ToRoom(underLeft), left, 0.5f);
            Near.Place(grip.Placement.ToRoom(underRight), right, 0.5f);
        }

        [Test]
        public void A_rack_that_stays_level_is_not_tilted_by_a_hand_that_rises()
        {
            WorldGrip grip = Held(true, true);
            grip.Move(Left, true, Right + new Vec3(0f, 300f, 0f), true);
            Near.Place(grip.Placement.Pose.Up, Vec3.Up, 1e-4f);
        }

        [Test]
        public void A_rack_that_need_not_stay_level_follows_both_hands()
        {
            WorldGrip grip = Held(true, true);
            grip.StaysLevel = false;
            Vec3 under = grip.Placement.ToPatch(Right);
            Vec3 raised = Right + new Vec3(0f, 150f, 0f);
            grip.Move(Left, true, raised, true);
            Near.Place(grip.Placement.ToRoom(under), raised, 0.1f);
        }

        [Test]
        public void Nothing_jumps_when_the_second_grip_begins_or_ends()
        {
            WorldGrip grip = Held(true, false);
            Vec3 before = grip.Placement.Pose.Position;
            grip.Move(Left, true, Right + new Vec3(500f, 0f, 0f), true);
            Near.Place(grip.Placement.Pose.Position, before, 0f);
            grip.Move(Left, true, Right, true);
            before = grip.Placement.Pose.Position;
            float scale = grip.Placement.Scale;
            grip.Move(Left, true, Right + new Vec3(0f, 0f, 900f), false);
            grip.Move(Left, true, Vec3.Zero, false);
            Near.Place(grip.Placement.Pose.Position, before, 0f);
            Assert.That(grip.Placement.Scale, Is.EqualTo(scale));
        }

        [Test]
        public void The_scale_stops_at_its_limits_and_comes_back_at_once()
        {
            WorldGrip grip = Held(true, true);
            for (int step = 1; step <= 40; step++)
            {
                grip.Move(Left - new Vec3(step * 100f, 0f, 0f), true, Right + new Vec3(step * 100f, 0f, 0f), true);
            }
            Assert.That(grip.Placement.Scale, Is.EqualTo(WorldGrip.LargestScale));
            grip.Move(Left - new Vec3(3600f, 0f, 0f), true, Right + new Vec3(3600f, 0f, 0f), true);
            Assert.That(grip.Placement.Scale, Is.LessThan(3.7f));
            for (int step = 35; step >= -1; step--)
            {
                grip.Move(Left - new Vec3(step * 100f, 0f, 0f), true, Right + new Vec3(step * 100f, 0f, 0f), true);
            }
            Assert.That(grip.Placement.Scale, Is.EqualTo(WorldGrip.SmallestScale));
        }

        [Test]
        public void Hands_that_meet_do_not_scale_or_turn()
        {
            WorldGrip grip = Held(true, true);
            grip.Move(Left, true, Left + new Vec3(10f, 0f, 0f), true);
            grip.Move(Left, true, Left + new Vec3(0f, 0f, 1f), true);
            Assert.That(grip.Placement.Scale, Is.EqualTo(Somewhere.Scale));
            Near.Rotation(grip.Placement.Pose.Rotation, Somewhere.Pose.Rotation, 0f);
        }

        [Test]
        public void Hands_one_above_the_other_do_not_turn()
        {
            WorldGrip grip = Held(true, true);
            var above = new Vec3(0f, 400f, 0f);
            grip.Move(Left, true, Left + above, true);
            Quat before = grip.Placement.Pose.Rotation;
            grip.Move(Left, true, Left + above + new Vec3(5f, 0f, -5f), true);
            Near.Rotation(grip.Placement.Pose.Rotation, before, 0f);
        }

        [Test]
        public void A_hand_that_is_lost_moves_nothing_and_neither_does_its_return()
        {
            WorldGrip grip = Held(true, true);
            grip.Move(_nowhere, true, Right, true);
            grip.Move(Left + new Vec3(400f, 0f, 0f), true, Right, true);
            Near.Place(grip.Placement.Pose.Position, Somewhere.Pose.Position, 0f);
            Assert.That(grip.Placement.Scale, Is.EqualTo(Somewhere.Scale));
        }

        [Test]
        public void Without_a_grip_nothing_moves()
        {
            WorldGrip grip = Held(false, false);
            Assert.That(grip.Move(Right, false, Left, false), Is.False);
            Near.Place(grip.Placement.Pose.Position, Somewhere.Pose.Position, 0f);
        }

        [Test]
        public void Room_and_patch_go_back_and_forth()
        {
            var place = new Vec3(-40f, 77f, 1234f);
            Near.Place(Somewhere.ToPatch(Somewhere.ToRoom(place)), place);
            var ray = new Ray3(new Vec3(0f, 1500f, 0f), new Vec3(0.2f, -0.3f, 1f));
            Near.Place(Somewhere.ToRoom(Somewhere.ToPatch(ray).At(1000f / 0.8f)), ray.At(1000f), 0.05f);
            var pose = new Pose3(place, Quat.About(Vec3.Right, 40f));
            Near.Rotation(Somewhere.ToPatch(Somewhere.ToRoom(pose)).Rotation, pose.Rotation);
        }

        [Test]
        public void Ten_minutes_of_moving_leaves_the_rotation_one_long()
        {
            WorldGrip grip = Held(true, true);
            for (int frame = 0; frame < 72 * 600; frame++)
            {
                float way = 50f * (float)Math.Sin(frame * 0.05);
                grip.Move(Left + new Vec3(0f, 0f, way), true, Right - new Vec3(0f, 0f, way), true);
            }
            Quat end = grip.Placement.Pose.Rotation;
            Assert.That(end.X * end.X + end.Y * end.Y + end.Z * end.Z + end.W * end.W, Is.EqualTo(1f).Within(1e-4));
        }

        [Test]
        public void Moving_the_world_allocates_nothing()
        {
            WorldGrip grip = Held(true, true);
            float x = 0f;
            Allocations.AssertNone(() => grip.Move(Left + new Vec3(x += 0.1f, 0f, 0f), true, Right, true));
        }

        private static WorldGrip Held(bool left, bool right)
        {
            var grip = new WorldGrip();
            grip.Place(Somewhere);
            grip.Move(Left, left, Right, right);
            return grip;
        }
    }
}
