namespace SynthVR.Checks
{
    /// <summary>ARM64 needs it.</summary>
    internal sealed class ScriptsAreCompiledByIl2Cpp : ProjectRule
    {
        public override string Sentence => "The scripting backend is IL2CPP.";

        public override string Reason => "Android on ARM64 runs no scripts of the Mono backend.";

        public override bool IsMet(IProject project)
        {
            return project.Android.UsesIl2Cpp;
        }

        public override void Fix(IProject project)
        {
            project.Android.UsesIl2Cpp = true;
        }
    }
}
