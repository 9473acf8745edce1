namespace SynthVR.Checks
{
    /// <summary>How XR is set up for Android. Setting a property changes the project.</summary>
    public interface IXrSettings
    {
        /// <summary>Whether XR Plug-in Management loads OpenXR.</summary>
        bool LoadsOpenXr { get; set; }

        /// <summary>Whether XR begins with the app.</summary>
        bool BeginsWithTheApp { get; set; }

        /// <summary>Whether both eyes are drawn in one pass.</summary>
        bool DrawsBothEyesAtOnce { get; set; }

        /// <summary>Whether the Meta Quest feature strips the internet permission from the manifest.</summary>
        bool StripsInternet { get; set; }

        /// <summary>Whether the package is installed that can show the room behind the rack; it is optional.</summary>
        bool CanShowTheRoom { get; }

        /// <summary>Whether the project has an OpenXR feature, by its full type name.</summary>
        bool Has(string feature);

        /// <summary>Whether an OpenXR feature is on.</summary>
        bool IsOn(string feature);

        /// <summary>Turns an OpenXR feature on. Throws InvalidOperationException where there is none.</summary>
        void TurnOn(string feature);
    }
}
