using NUnit.Framework;
using SynthVR.Checks;
using SynthVR.Editor;
using UnityEditor;
using UnityEditor.XR.OpenXR.Features;
using UnityEngine.XR.Hands.OpenXR;
using UnityEngine.XR.OpenXR;
using UnityEngine.XR.OpenXR.Features;
using UnityEngine.XR.OpenXR.Features.Interactions;

namespace SynthVR.Behaviours.Tests
{
    /// <summary>OpenXR sorts its features by priority, and one id is that of several: they are found by their type.</summary>
    public sealed class FeatureTests
    {
        private const string Id = "com.unity.openxr.feature.input.handtracking";

        private readonly XrSettings _xr = new XrSettings();
        private OpenXRFeature _hands;
        private OpenXRFeature _microsofts;

        [SetUp]
        public void Load()
        {
            OpenXRSettings.Kept = new OpenXRSettings();
            _hands = Add(new HandTracking { Id = Id, Priority = -100 });
            _microsofts = Add(new MicrosoftHandInteraction { Id = Id });
        }

        [TearDown]
        public void Unload()
        {
            OpenXRSettings.Kept = null;
        }

        [Test]
        public void The_id_of_hand_tracking_is_that_of_another_feature_first()
        {
            FeatureHelpers.RefreshFeatures(BuildTargetGroup.Android);
            OpenXRFeature found = FeatureHelpers.GetFeatureWithIdForBuildTarget(BuildTargetGroup.Android, Id);
            Assert.That(found, Is.SameAs(_microsofts));
        }

        [Test]
        public void Hand_tracking_is_turned_on_and_nothing_else()
        {
            Assert.That(_xr.IsOn(OpenXrFeature.HandTracking), Is.False);
            _xr.TurnOn(OpenXrFeature.HandTracking);
            Assert.That(_xr.IsOn(OpenXrFeature.HandTracking), Is.True);
            Assert.That(_hands.enabled, Is.True);
            Assert.That(_microsofts.enabled, Is.False);
        }

        [Test]
        public void Another_feature_of_the_same_id_does_not_meet_the_rule()
        {
            _microsofts.enabled = true;
            FeatureHelpers.RefreshFeatures(BuildTargetGroup.Android);
            Assert.That(_xr.IsOn(OpenXrFeature.HandTracking), Is.False);
        }

        [Test]
        public void A_feature_that_no_package_brings_is_told_as_missing()
        {
            OpenXRSettings.Kept.Features.Add(null); // of a package that is gone: its script is missing
            Assert.That(_xr.Has(OpenXrFeature.CompositionLayers), Is.False);
            OpenXRSettings.Kept.Features.Remove(null);
            Assert.That(
                () => _xr.TurnOn(OpenXrFeature.CompositionLayers),
                Throws.InvalidOperationException.With.Message.StartsWith("There is no OpenXR feature UnityEngine.XR."));
        }

        [Test]
        public void Before_OpenXR_is_loaded_nothing_is_on()
        {
            OpenXRSettings.Kept = null;
            Assert.That(_xr.IsOn(OpenXrFeature.MetaQuest), Is.False);
            Assert.That(_xr.Has(OpenXrFeature.MetaQuest), Is.False);
        }

        private static OpenXRFeature Add(OpenXRFeature feature)
        {
            OpenXRSettings.Kept.Features.Add(feature);
            return feature;
        }
    }
}

namespace UnityEngine.XR.Hands.OpenXR
{
    internal sealed class HandTracking : OpenXRFeature
    {
    }
}

namespace UnityEngine.XR.OpenXR.Features.Interactions
{
    internal sealed class MicrosoftHandInteraction : OpenXRFeature
    {
    }
}
