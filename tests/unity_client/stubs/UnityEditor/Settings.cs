using System;
using System.Collections.Generic;
using UnityEngine;
using UnityEngine.Rendering;

namespace UnityEditor
{
    public enum BuildTarget
    {
        NoTarget = -2,
        StandaloneWindows64 = 19,
        Android = 13,
    }

    public enum BuildTargetGroup
    {
        Unknown = 0,
        Standalone = 1,
        Android = 7,
    }

    public enum ScriptingImplementation
    {
        Mono2x = 0,
        IL2CPP = 1,
    }

    [Flags]
    public enum AndroidArchitecture : uint
    {
        None = 0,
        ARMv7 = 1,
        ARM64 = 2,
        All = 0xffffffff,
    }

    public enum AndroidSdkVersions
    {
        AndroidApiLevelAuto = 0,
        AndroidApiLevel32 = 32,
    }

    public enum InsecureHttpOption
    {
        NotAllowed = 0,
        DevelopmentOnly = 1,
        AlwaysAllowed = 2,
    }

    public enum TextureCompressionFormat
    {
        Unknown = 0,
        ETC = 1,
        ETC2 = 2,
        ASTC = 3,
    }

    public enum MobileTextureSubtarget
    {
        Generic = 0,
        DXT = 1,
        PVRTC = 2,
        ETC = 4,
        ETC2 = 5,
        ASTC = 6,
    }

    public sealed class PlayerSettings : UnityEngine.Object
    {
        public static ColorSpace colorSpace { get; set; }

        public static InsecureHttpOption insecureHttpOption { get; set; }

        public static ScriptingImplementation GetScriptingBackend(Build.NamedBuildTarget buildTarget)
        {
            return default(ScriptingImplementation);
        }

        public static void SetScriptingBackend(Build.NamedBuildTarget buildTarget, ScriptingImplementation backend)
        {
        }

        public static bool GetUseDefaultGraphicsAPIs(BuildTarget platform)
        {
            return false;
        }

        public static void SetUseDefaultGraphicsAPIs(BuildTarget platform, bool automatic)
        {
        }

        public static GraphicsDeviceType[] GetGraphicsAPIs(BuildTarget platform)
        {
            return null;
        }

        public static void SetGraphicsAPIs(BuildTarget platform, GraphicsDeviceType[] apis)
        {
        }

        public sealed class Android
        {
            public static AndroidArchitecture targetArchitectures { get; set; }

            public static AndroidSdkVersions minSdkVersion { get; set; }

            public static bool forceInternetPermission { get; set; }

            public static TextureCompressionFormat[] textureCompressionFormats { get; set; }
        }
    }

    public sealed class EditorUserBuildSettings : UnityEngine.Object
    {
        public static BuildTarget activeBuildTarget => default(BuildTarget);

        public static MobileTextureSubtarget androidBuildSubtarget { get; set; }

        public static bool buildAppBundle { get; set; }

        public static bool SwitchActiveBuildTarget(BuildTargetGroup targetGroup, BuildTarget target)
        {
            return false;
        }
    }

    public class EditorBuildSettingsScene
    {
        public EditorBuildSettingsScene(string path, bool enabled)
        {
        }

        public bool enabled { get; set; }

        public string path { get; set; }
    }

    public sealed class EditorBuildSettings : UnityEngine.Object
    {
        internal static readonly Dictionary<string, UnityEngine.Object> Told =
            new Dictionary<string, UnityEngine.Object>();

        public static EditorBuildSettingsScene[] scenes { get; set; }

        public static bool TryGetConfigObject<T>(string name, out T result)
            where T : UnityEngine.Object
        {
            result = Told.TryGetValue(name, out UnityEngine.Object told) ? told as T : null;
            return result != null;
        }

        public static void AddConfigObject(string name, UnityEngine.Object obj, bool overwrite) => Told[name] = obj;
    }
}

namespace UnityEditor.Build
{
    public readonly struct NamedBuildTarget
    {
        public static readonly NamedBuildTarget Android = default(NamedBuildTarget);
    }
}

namespace UnityEditor.PackageManager
{
    public class PackageInfo
    {
        public static PackageInfo FindForAssetPath(string assetPath)
        {
            return null;
        }
    }
}
