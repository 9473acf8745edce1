namespace SynthVR.Checks
{
    /// <summary>Something that a project must have for SynthVR to work in a headset.</summary>
    public abstract class ProjectRule
    {
        /// <summary>What should be so, as a sentence.</summary>
        public abstract string Sentence { get; }

        /// <summary>What goes wrong where it is not so, as a sentence.</summary>
        public abstract string Reason { get; }

        /// <summary>Whether <see cref="Fix"/> can make it so; otherwise the sentences tell what to do.</summary>
        public virtual bool CanFix => true;

        /// <summary>Whether it is so.</summary>
        public abstract bool IsMet(IProject project);

        /// <summary>Makes it so. Setting what is set already changes nothing.</summary>
        public abstract void Fix(IProject project);
    }
}
