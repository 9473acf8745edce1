namespace SynthVR.Checks
{
    /// <summary>The device's fast path, and no resampling.</summary>
    internal sealed class SoundRunsAtTheServersRate : ProjectRule
    {
        private const int Rate = 48000; // Hz

        public override string Sentence => "The system sample rate is 48000 Hz.";

        public override string Reason =>
            "A Quest plays 48 kHz on its fast path; another rate is resampled and waits longer.";

        public override bool IsMet(IProject project)
        {
            return project.Sound.SampleRate == Rate;
        }

        public override void Fix(IProject project)
        {
            project.Sound.SampleRate = Rate;
        }
    }
}
