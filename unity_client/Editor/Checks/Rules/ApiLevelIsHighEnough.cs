namespace SynthVR.Checks
{
    /// <summary>What Quest runs.</summary>
    internal sealed class ApiLevelIsHighEnough : ProjectRule
    {
        private const int Lowest = 32; // Android 12L

        public override string Sentence => "The minimum API level is 32 or higher.";

        public override string Reason =>
            "Quest 2, 3 and 3S run Android 12L (API level 32) or later; below it the manifest " +
                "promises what is not tested.";

        public override bool IsMet(IProject project)
        {
            return project.Android.LowestApiLevel >= Lowest;
        }

        public override void Fix(IProject project)
        {
            if (!IsMet(project))
            {
                project.Android.LowestApiLevel = Lowest;
            }
        }
    }
}
