using System.Collections.Generic;

namespace UnityEngine.XR.Management
{
    public abstract class XRLoader : ScriptableObject
    {
    }

    public abstract class XRLoaderHelper : XRLoader
    {
    }

    public sealed class XRManagerSettings : ScriptableObject
    {
        public IReadOnlyList<XRLoader> activeLoaders => null;
    }

    public class XRGeneralSettings : ScriptableObject
    {
        public static string k_SettingsKey = "com.unity.xr.management.loader_settings";

        public XRManagerSettings Manager { get; set; }

        public bool InitManagerOnStart { get; set; }
    }
}
