using System;
using UnityEditor.Build.Reporting;

namespace UnityEditor
{
    [Flags]
    public enum BuildOptions
    {
        None = 0,
        Development = 1,
    }

    public struct BuildPlayerOptions
    {
        public string[] scenes { get; set; }

        public string locationPathName { get; set; }

        public BuildTargetGroup targetGroup { get; set; }

        public BuildTarget target { get; set; }

        public BuildOptions options { get; set; }
    }

    public class BuildPipeline
    {
        public static bool IsBuildTargetSupported(BuildTargetGroup buildTargetGroup, BuildTarget target)
        {
            return false;
        }

        internal static Func<BuildPlayerOptions, BuildReport> Builder { get; set; }

        public static BuildReport BuildPlayer(BuildPlayerOptions buildPlayerOptions) => Builder(buildPlayerOptions);
    }
}

namespace UnityEditor.Build.Reporting
{
    public enum BuildResult
    {
        Unknown = 0,
        Succeeded = 1,
        Failed = 2,
        Cancelled = 3,
    }

    public struct BuildSummary
    {
        public BuildResult result { get; internal set; }

        public ulong totalSize => 0;

        public TimeSpan totalTime => default(TimeSpan);

        public int totalErrors => 0;
    }

    public sealed class BuildReport : UnityEngine.Object
    {
        public BuildSummary summary { get; internal set; }
    }
}
