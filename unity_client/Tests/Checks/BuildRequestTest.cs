using System;
using NUnit.Framework;

namespace SynthVR.Checks.Tests
{
    public sealed class BuildRequestTest
    {
        [Test]
        public void Our_arguments_are_found_among_those_of_Unity()
        {
            BuildRequest request = Read(
                "Unity", "-batchmode", "-quit", "-executeMethod", "SynthVR.Editor.QuestBuild.Build", "-output",
                "build/SynthVR.apk", "-logFile", "-");
            Assert.That(request.Output, Is.EqualTo("build/SynthVR.apk"));
            Assert.That(request.IsDevelopment, Is.False);
        }

        [Test]
        public void A_development_build_can_be_asked_for()
        {
            Assert.That(Read("-development", "-output", "a.apk").IsDevelopment, Is.True);
        }

        [Test]
        public void Without_an_output_the_usage_is_told()
        {
            Assert.That(
                Refused("Unity", "-batchmode"),
                Is.EqualTo("Where to write the app was not said: -output FILE.apk [-development]."));
        }

        [Test]
        public void An_output_without_a_path_is_refused()
        {
            Assert.That(Refused("-output").StartsWith("After -output comes a path"), Is.True);
            Assert.That(Refused("-output", "-development").StartsWith("After -output comes a path"), Is.True);
        }

        [Test]
        public void Two_outputs_are_refused()
        {
            Assert.That(Refused("-output", "a.apk", "-output", "b.apk"), Is.EqualTo("-output was given twice."));
        }

        [Test]
        public void Something_else_than_an_apk_is_refused()
        {
            Assert.That(Refused("-output", "SynthVR.aab").EndsWith("SynthVR.aab"), Is.True);
        }

        private static BuildRequest Read(params string[] arguments)
        {
            return BuildRequest.Read(arguments);
        }

        private static string Refused(params string[] arguments)
        {
            return Assert.Throws<ArgumentException>(() => BuildRequest.Read(arguments)).Message;
        }
    }
}
