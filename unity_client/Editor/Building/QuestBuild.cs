using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SynthVR.Checks;
using UnityEditor;
using UnityEditor.Build.Reporting;
using UnityEngine;

namespace SynthVR.Editor
{
    /// <summary>
    /// Builds the app without anybody at the editor:
    /// <c>Unity -batchmode -projectPath . -buildTarget Android -executeMethod SynthVR.Editor.QuestBuild.Build
    /// -output SynthVR.apk [-development] -logFile -</c>. The exit codes are those of <see cref="ExitCode"/>.
    /// </summary>
    public static class QuestBuild
    {
        /// <summary>Builds what the command line says, and ends the editor with an exit code.</summary>
        public static void Build()
        {
            ExitCode code = Run(Environment.GetCommandLineArgs());
            if (Application.isBatchMode)
            {
                EditorApplication.Exit((int)code);
            }
        }

        private static ExitCode Run(IReadOnlyList<string> arguments)
        {
            BuildRequest request;
            try
            {
                request = BuildRequest.Read(arguments);
            }
            catch (ArgumentException error)
            {
                Debug.LogError(error.Message);
                return ExitCode.BadCommandLine;
            }
            IReadOnlyList<Finding> findings = new ProjectCheck(new UnityProject()).Look();
            if (findings.Count > 0)
            {
                Debug.LogError(Refusal.Of(findings));
                return ExitCode.ProjectNotReady;
            }
            try
            {
                return Write(request);
            }
            catch (Exception error)
            {
                Debug.LogException(error);
                return ExitCode.BuildFailed;
            }
        }

        /// <summary>Builds, without a look at the rules.</summary>
        internal static ExitCode Write(BuildRequest request)
        {
            string output = Path.GetFullPath(request.Output);
            Directory.CreateDirectory(Path.GetDirectoryName(output));
            EditorUserBuildSettings.buildAppBundle = false; // this editor's, not the project's: a bundle is no .apk
            BuildSummary summary = BuildPipeline.BuildPlayer(new BuildPlayerOptions
            {
                scenes = EditorBuildSettings.scenes.Where(scene => scene.enabled).Select(scene => scene.path).ToArray(),
                locationPathName = output,
                targetGroup = BuildTargetGroup.Android,
                target = BuildTarget.Android,
                options = request.IsDevelopment ? BuildOptions.Development : BuildOptions.None,
            }).summary;
            if (summary.result != BuildResult.Succeeded)
            {
                Debug.LogError("The build ended with " + summary.result + ", with " + summary.totalErrors + " errors.");
                return ExitCode.BuildFailed;
            }
            Debug.Log("Built " + output + ": " + summary.totalSize + " bytes in " + summary.totalTime + ".");
            return ExitCode.Built;
        }
    }
}
