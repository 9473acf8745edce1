using System;

namespace SynthVR.Interaction.Tests
{
    /// <summary>
    /// A hand at a knob on a tilted panel in the room, moved in the knob's own terms, frame by frame.
    /// </summary>
    internal sealed class Wrist
    {
        internal const float Frame = 1f / 72f;

        private readonly Quat _heldLike = Quat.About(new Vec3(0.48f, 0.6f, 0.64f), 65f);

        internal KnobGrip Grip { get; } = new KnobGrip();

        internal Pose3 Knob { get; set; } =
            new Pose3(new Vec3(200f, 1300f, 400f), Quat.About(new Vec3(0.6f, 0f, 0.8f), 40f));

        internal bool Fine { get; set; }

        /// <summary>Clockwise as seen from the front, degrees.</summary>
        internal float Twist { get; set; }

        internal Vec3 Place { get; set; } = new Vec3(0f, 0f, -30f);

        internal Quat Swing { get; set; } = Quat.Identity;

        internal int Ticks { get; private set; }

        internal int Detents { get; private set; }

        internal int Stops { get; private set; }

        internal Pose3 Hand
        {
            get
            {
                Quat twist = Quat.About(new Vec3(0f, 0f, -1f), Twist);
                return Knob.ToSpace(new Pose3(Place, Swing * twist * _heldLike));
            }
        }

        internal Wrist Grab(KnobRange range, double value)
        {
            Grip.Begin(range, value, Knob, Hand);
            return this;
        }

        internal void Move()
        {
            Count(Grip.Move(Knob, Hand, Fine, Frame));
        }

        /// <summary>Twists in steps that a wrist can make in a frame.</summary>
        internal void TwistBy(float degrees, float stepDegrees = 5f)
        {
            int steps = Math.Max(1, (int)Math.Ceiling(Math.Abs(degrees) / stepDegrees));
            for (int step = 0; step < steps; step++)
            {
                Twist += degrees / steps;
                Move();
            }
        }

        /// <summary>Goes round the knob at a distance from its axis, mm, from one angle to another.</summary>
        internal void Round(float radius, float from, float to)
        {
            int steps = Math.Max(1, (int)Math.Ceiling(Math.Abs(to - from) / 5f));
            for (int step = 0; step <= steps; step++)
            {
                PlaceAt(radius, from + (to - from) * step / steps);
                Move();
            }
        }

        /// <summary>Holds still for as many frames.</summary>
        internal void Rest(int frames)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                Move();
            }
        }

        internal void PlaceAt(float radius, float degrees)
        {
            double angle = degrees * Math.PI / 180.0;
            Place = new Vec3((float)(radius * Math.Sin(angle)), (float)(radius * Math.Cos(angle)), -30f);
        }

        internal void Count(HapticPulse pulse)
        {
            Ticks += pulse.Equals(HapticPulse.Tick) ? 1 : 0;
            Detents += pulse.Equals(HapticPulse.Detent) ? 1 : 0;
            Stops += pulse.Equals(HapticPulse.Stop) ? 1 : 0;
        }
    }
}
