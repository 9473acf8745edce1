using NUnit.Framework;
using SynthVR.Client;
using SynthVR.Views;
using UnityEngine;

namespace SynthVR.Behaviours.Tests
{
    /// <summary>A source plays as the scene begins unless it is told otherwise before, and one without a clip may not.</summary>
    public sealed class SoundTests
    {
        [Test]
        public void A_source_that_began_with_the_scene_is_silent_until_it_is_asked_for()
        {
            var source = new AudioSource { playOnAwake = true };
            source.Play();
            var sound = new SoundOut();
            sound.Others.Add(source);
            sound.Begin(new SoundStream(new MonotonicTime(), 48000, 0.06));
            Assert.That(source.Plays, Is.False);
            Assert.That(source.clip, Is.Not.Null);
            Assert.That(source.loop, Is.True);
            sound.Play(true);
            Assert.That(source.Plays, Is.True);
            sound.Play(false);
            Assert.That(source.Plays, Is.False);
        }
    }
}
