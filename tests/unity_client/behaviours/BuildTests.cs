using System.IO;
using NUnit.Framework;
using SynthVR.Checks;
using SynthVR.Editor;
using UnityEditor;
using UnityEditor.Build.Reporting;

namespace SynthVR.Behaviours.Tests
{
    /// <summary>An editor that was told to build app bundles writes one under any name.</summary>
    public sealed class BuildTests
    {
        [Test]
        public void An_apk_is_no_app_bundle()
        {
            EditorUserBuildSettings.buildAppBundle = true;
            EditorBuildSettings.scenes = new EditorBuildSettingsScene[0];
            bool isBundle = true;
            BuildPipeline.Builder = options =>
            {
                isBundle = EditorUserBuildSettings.buildAppBundle;
                return new BuildReport { summary = new BuildSummary { result = BuildResult.Succeeded } };
            };
            string output = Path.Combine(Path.GetTempPath(), "SynthVR.apk");
            Assert.That(QuestBuild.Write(BuildRequest.Read(new[] { "-output", output })), Is.EqualTo(ExitCode.Built));
            Assert.That(isBundle, Is.False);
        }
    }
}
