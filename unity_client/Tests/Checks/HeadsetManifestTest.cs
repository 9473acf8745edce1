using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace SynthVR.Checks.Tests
{
    public sealed class HeadsetManifestTest
    {
        [Test]
        public void Every_permission_that_the_locks_need_is_asked_for_once()
        {
            List<string> permissions = HeadsetManifest.Added
                .Where(entry => entry.Path.Last() == "uses-permission")
                .Select(entry => entry.Attributes["name"])
                .ToList();
            Assert.That(permissions, Is.EquivalentTo(new[]
            {
                "android.permission.CHANGE_WIFI_MULTICAST_STATE",
                "android.permission.ACCESS_WIFI_STATE",
                "android.permission.WAKE_LOCK",
            }));
        }

        [Test]
        public void Every_element_is_below_the_root()
        {
            foreach (ManifestEntry entry in HeadsetManifest.Added)
            {
                Assert.That(entry.Path.First(), Is.EqualTo("manifest"));
                Assert.That(entry.Path.Count, Is.GreaterThan(1));
            }
        }
    }
}
