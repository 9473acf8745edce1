using NUnit.Framework;
using SynthVR.Editor;
using UnityEditor;
using UnityEditor.XR.Management;
using UnityEngine;
using UnityEngine.XR.Management;

namespace SynthVR.Behaviours.Tests
{
    /// <summary>XR Plug-in Management uses the settings it is told of, else those it finds among the assets.</summary>
    public sealed class AssetTests
    {
        private const string Usual = "Assets/XR/XRGeneralSettingsPerBuildTarget.asset";

        [SetUp]
        [TearDown]
        public void Empty()
        {
            AssetDatabase.Assets.Clear();
            EditorBuildSettings.Told.Clear();
        }

        [Test]
        public void Settings_among_the_assets_are_used()
        {
            var found = new XRGeneralSettingsPerBuildTarget();
            AssetDatabase.Assets["Assets/Elsewhere.asset"] = found;
            XrAssets.General();
            Assert.That(EditorBuildSettings.Told[XRGeneralSettings.k_SettingsKey], Is.SameAs(found));
            Assert.That(AssetDatabase.Assets.Count, Is.EqualTo(1), "none is made");
        }

        [Test]
        public void What_lies_where_they_usually_are_is_not_overwritten()
        {
            var other = new TextAsset();
            AssetDatabase.Assets[Usual] = other;
            XrAssets.General();
            Assert.That(AssetDatabase.Assets[Usual], Is.SameAs(other));
            Assert.That(AssetDatabase.Assets.Count, Is.EqualTo(2));
        }
    }
}
