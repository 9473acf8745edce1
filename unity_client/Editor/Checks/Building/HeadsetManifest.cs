using System.Collections.Generic;

namespace SynthVR.Checks
{
    /// <summary>
    /// What the app's Android manifest needs beside what Unity, OpenXR and XR Hands write there by themselves:
    /// internet, headsets, hand tracking; and Meta OpenXR passthrough, where it is installed.
    /// </summary>
    public static class HeadsetManifest
    {
        /// <summary>Elements that are added.</summary>
        public static IReadOnlyList<ManifestEntry> Added { get; } = new[]
        {
            // Android drops multicast (mDNS: finding servers) unless an app holds a lock, and the lock needs this.
            Permission("android.permission.CHANGE_WIFI_MULTICAST_STATE"),

            // The lock that keeps Wi-Fi from saving power at the cost of latency needs these.
            Permission("android.permission.ACCESS_WIFI_STATE"),
            Permission("android.permission.WAKE_LOCK"),
        };

        private static ManifestEntry Permission(string name)
        {
            return new ManifestEntry("manifest/uses-permission", "name", name);
        }
    }
}
