namespace SynthVR.Interaction
{
    /// <summary>
    /// What hands ask of a patch and do to it. Called within a frame: whoever implements it allocates nothing for a
    /// knob that turns, and never throws.
    /// </summary>
    public interface IRackTouch : IPatchedCables
    {
        /// <summary>Takes hold of a knob; false where somebody else holds it.</summary>
        bool Grab(string module, string knob);

        /// <summary>Whether our hand is still on the knob.</summary>
        bool Holds(string module, string knob);

        /// <summary>Where a knob stands, in its own unit.</summary>
        double Value(string module, string knob);

        /// <summary>Turns a knob that is held.</summary>
        void Turn(string module, string knob, double value);

        /// <summary>Lets go of a knob.</summary>
        void Release(string module, string knob);

        /// <summary>The cable that was plugged into an input last, and the output it comes from.</summary>
        bool TryCableIn(string module, string jack, out string cable, out string fromModule, out string fromJack);

        /// <summary>Plugs, unplugs, or both.</summary>
        void Change(in CableChange change);

        /// <summary>Hangs a module somewhere else, in the patch's space.</summary>
        void MoveModule(string module, in Pose3 pose);

        /// <summary>Takes a module out of the patch.</summary>
        void RemoveModule(string module);

        /// <summary>A panel was tapped where no control is.</summary>
        void TapPanel(string module);

        /// <summary>A jack was tapped.</summary>
        void TapJack(string module, string jack);
    }
}
