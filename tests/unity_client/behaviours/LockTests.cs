using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Views;
using UnityEngine;

namespace SynthVR.Behaviours.Tests
{
    /// <summary>Without the permission Android makes a lock, and throws when it is acquired.</summary>
    public sealed class LockTests
    {
        private readonly List<string> _calls = new List<string>();

        [SetUp]
        public void Listen()
        {
            _calls.Clear();
            AndroidJavaObject.Called = _calls.Add;
        }

        [TearDown]
        public void Stop()
        {
            AndroidJavaObject.Called = name => { };
        }

        [TestCase("createMulticastLock")]
        [TestCase("createWifiLock")]
        [TestCase("acquire")]
        [TestCase("release")]
        public void A_lock_that_is_refused_ends_nothing(string refused)
        {
            AndroidJavaObject.Called = name =>
            {
                if (name == refused)
                {
                    throw new AndroidJavaException("java.lang.SecurityException");
                }
            };
            using (var locks = new NetworkLocks())
            {
                locks.Acquire();
                locks.StayAwake(true);
                locks.StayAwake(false);
                locks.Release();
            }
        }

        [Test]
        public void A_lock_is_taken_once_and_given_back_once()
        {
            using (var locks = new NetworkLocks())
            {
                locks.StayAwake(true);
                locks.StayAwake(true);
                locks.StayAwake(false);
                locks.StayAwake(false);
            }
            Assert.That(_calls.FindAll(name => name == "acquire").Count, Is.EqualTo(1));
            Assert.That(_calls.FindAll(name => name == "release").Count, Is.EqualTo(1));
        }
    }
}
