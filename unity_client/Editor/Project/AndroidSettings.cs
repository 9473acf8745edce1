using System;
using SynthVR.Checks;
using UnityEditor;
using UnityEditor.Build;

namespace SynthVR.Editor
{
    /// <summary>Unity's player and build settings for Android.</summary>
    internal sealed class AndroidSettings : IAndroidSettings
    {
        private const string InputHandler = "activeInputHandler"; // 0: old input manager, 1: Input System, 2: both

        private readonly SettingsFile _player = new SettingsFile("ProjectSettings.asset");

        public bool IsInstalled =>
            BuildPipeline.IsBuildTargetSupported(BuildTargetGroup.Android, BuildTarget.Android);

        public bool IsActive => EditorUserBuildSettings.activeBuildTarget == BuildTarget.Android;

        public bool UsesIl2Cpp
        {
            get => PlayerSettings.GetScriptingBackend(NamedBuildTarget.Android) == ScriptingImplementation.IL2CPP;
            set => PlayerSettings.SetScriptingBackend(
                NamedBuildTarget.Android, value ? ScriptingImplementation.IL2CPP : ScriptingImplementation.Mono2x);
        }

        public bool IsArm64Only
        {
            get => PlayerSettings.Android.targetArchitectures == AndroidArchitecture.ARM64;
            set => PlayerSettings.Android.targetArchitectures =
                value ? AndroidArchitecture.ARM64 : AndroidArchitecture.ARMv7 | AndroidArchitecture.ARM64;
        }

        public int LowestApiLevel
        {
            get => (int)PlayerSettings.Android.minSdkVersion;
            set => PlayerSettings.Android.minSdkVersion = (AndroidSdkVersions)value;
        }

        public bool RequiresInternet
        {
            get => PlayerSettings.Android.forceInternetPermission;
            set => PlayerSettings.Android.forceInternetPermission = value;
        }

        public bool AllowsCleartext
        {
            get => PlayerSettings.insecureHttpOption == InsecureHttpOption.AlwaysAllowed;
            set => PlayerSettings.insecureHttpOption =
                value ? InsecureHttpOption.AlwaysAllowed : InsecureHttpOption.NotAllowed;
        }

        public bool UsesInputSystemOnly
        {
            get => _player.Read(InputHandler) == 1;
            set => _player.Write(InputHandler, value ? 1 : 0);
        }

        public void Activate()
        {
            if (!EditorUserBuildSettings.SwitchActiveBuildTarget(BuildTargetGroup.Android, BuildTarget.Android))
            {
                throw new InvalidOperationException("Unity did not switch to Android; its console says why.");
            }
        }
    }
}
