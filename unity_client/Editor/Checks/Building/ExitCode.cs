namespace SynthVR.Checks
{
    /// <summary>How a build in <c>-batchmode</c> ended, as the exit code of Unity.</summary>
    public enum ExitCode
    {
        /// <summary>The app is written.</summary>
        Built = 0,

        /// <summary>Unity could not build it; the log says why.</summary>
        BuildFailed = 1,

        /// <summary>The command line does not say what to build.</summary>
        BadCommandLine = 2,

        /// <summary>The project does not meet a rule; the log lists them, and nothing was changed.</summary>
        ProjectNotReady = 3,
    }
}
