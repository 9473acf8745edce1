using System.Linq;
using NUnit.Framework;

namespace SynthVR.Checks.Tests
{
    public sealed class RefusalTest
    {
        [Test]
        public void A_refusal_lists_every_finding_and_how_to_go_on()
        {
            var check = new ProjectCheck(new FreshProject());
            string[] lines = Refusal.Of(check.Look()).Split('\n');
            Assert.That(lines.Count(line => line.StartsWith("- ")), Is.EqualTo(check.Look().Count));
            Assert.That(lines.Contains(
                "- Internet access is set to Require. On Auto Unity asks for it only if it finds its own network "
                + "classes in use, and sockets are not among them."));
            Assert.That(lines.Last().Contains("SynthVR → Check project"), Is.True);
        }
    }
}
