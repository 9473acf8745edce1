namespace SynthVR.Checks
{
    /// <summary>How the project is built for Android. Setting a property changes the project.</summary>
    public interface IAndroidSettings
    {
        /// <summary>Whether this editor can build for Android at all.</summary>
        bool IsInstalled { get; }

        /// <summary>Whether Android is the active build target.</summary>
        bool IsActive { get; }

        /// <summary>Makes Android the active build target; Unity imports assets anew for it.</summary>
        void Activate();

        /// <summary>Whether scripts become machine code by IL2CPP.</summary>
        bool UsesIl2Cpp { get; set; }

        /// <summary>Whether ARM64 is the only processor built for.</summary>
        bool IsArm64Only { get; set; }

        /// <summary>The lowest API level that the app installs on; 0 where Unity chooses.</summary>
        int LowestApiLevel { get; set; }

        /// <summary>Whether the manifest always asks for internet access.</summary>
        bool RequiresInternet { get; set; }

        /// <summary>Whether connections without encryption are always allowed.</summary>
        bool AllowsCleartext { get; set; }

        /// <summary>Whether input comes from the Input System alone.</summary>
        bool UsesInputSystemOnly { get; set; }
    }
}
