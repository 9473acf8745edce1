namespace SynthVR.Checks
{
    /// <summary>Latency.</summary>
    internal sealed class SoundBlocksAreShort : ProjectRule
    {
        private const int Frames = 256;

        public override string Sentence => "The DSP buffer is set to Best latency, 256 frames.";

        public override string Reason =>
            "Each further frame in the buffer is heard later; the app asks for 256 frames as " +
                "well when it starts.";

        public override bool IsMet(IProject project)
        {
            return project.Sound.BlockFrames == Frames;
        }

        public override void Fix(IProject project)
        {
            project.Sound.BlockFrames = Frames;
        }
    }
}
