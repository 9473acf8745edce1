using System.Reflection;
using NUnit.Framework;
using SynthVR.Views;
using Unity.XR.CoreUtils;
using UnityEngine;

namespace SynthVR.Behaviours.Tests
{
    /// <summary>What Unity does with an app whose Start fails: it calls Update all the same while it is enabled.</summary>
    public sealed class AppTests
    {
        [Test]
        public void A_start_that_fails_is_not_followed_by_frames()
        {
            var app = new SynthVRApp { enabled = true, Origin = new XROrigin { Camera = new Camera() } };
            Assert.That(new TestDelegate(() => Call(app, "Start")), Throws.Exception, "the stub has no material to load");
            Assert.That(app.enabled, Is.False);
            Call(app, "OnApplicationPause", true);
            Call(app, "OnDestroy");
        }

        private static void Call(SynthVRApp app, string message, params object[] arguments)
        {
            MethodInfo method = typeof(SynthVRApp).GetMethod(message, BindingFlags.Instance | BindingFlags.NonPublic);
            method.Invoke(app, arguments);
        }
    }
}
