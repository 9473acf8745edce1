using System.Collections.Generic;

namespace SynthVR.Interaction.Tests
{
    /// <summary>A patch that remembers what hands did to it.</summary>
    internal sealed class FakeTouch : IRackTouch
    {
        internal List<string> Done { get; } = new List<string>();

        internal double Stands { get; set; }

        internal bool IsHeldByAnother { get; set; }

        internal bool HasSlippedOff { get; set; }

        internal bool IsPlugged { get; set; }

        internal CableChange Changed { get; private set; }

        internal Pose3 MovedTo { get; private set; }

        public bool AreJoined(string fromModule, string fromJack, string toModule, string toJack) => IsPlugged;

        public bool Grab(string module, string knob)
        {
            if (!IsHeldByAnother)
            {
                Done.Add("grab " + module + "/" + knob);
            }
            return !IsHeldByAnother;
        }

        public bool Holds(string module, string knob) => !HasSlippedOff;

        public double Value(string module, string knob) => Stands;

        public void Turn(string module, string knob, double value)
        {
            Stands = value;
            Turns++;
        }

        internal int Turns { get; private set; }

        public void Release(string module, string knob) => Done.Add("release " + module + "/" + knob);

        public bool TryCableIn(
            string module, string jack, out string cable, out string fromModule, out string fromJack)
        {
            bool isThere = IsPlugged && module == "right" && jack == "audio";
            cable = isThere ? "cable" : null;
            fromModule = isThere ? "left" : null;
            fromJack = isThere ? "out" : null;
            return isThere;
        }

        public void Change(in CableChange change)
        {
            Changed = change;
            Done.Add("change");
        }

        public void MoveModule(string module, in Pose3 pose)
        {
            MovedTo = pose;
            Done.Add("move " + module);
        }

        public void RemoveModule(string module) => Done.Add("remove " + module);

        public void TapPanel(string module) => Done.Add("tap " + module);

        public void TapJack(string module, string jack) => Done.Add("tap " + module + "/" + jack);
    }
}
