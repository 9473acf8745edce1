using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class CatalogueTest
    {
        private readonly Catalogue _catalogue = new Catalogue(FakeCatalogue.Modules);

        [Test]
        public void WordsFindTitlesBeforeTagsBeforeDescriptions()
        {
            Assert.That(Titles("vco"), Is.EqualTo(new[] { "VCO", "VCA" }), "the second is described with the word");
            Assert.That(Titles("AMPLI"), Is.EqualTo(new[] { "VCA" }));
            Assert.That(Titles("loud vco"), Is.EqualTo(new[] { "VCA" }));
            Assert.That(Titles("banjo"), Is.Empty);
        }

        [Test]
        public void NoWordsFindAllByFamily()
        {
            Assert.That(Titles("  "), Is.EqualTo(new[] { "VCA", "VCO" }));
        }

        [Test]
        public void AKnobIsFoundByItsId()
        {
            Assert.That(Catalogue.Knob(_catalogue.Find("vco"), "pitch").Default, Is.EqualTo(1));
            Assert.That(Catalogue.Knob(_catalogue.Find("vco"), "level"), Is.Null);
            Assert.That(Catalogue.Knob(_catalogue.Find("gone"), "level"), Is.Null);
        }

        private string[] Titles(string words)
        {
            return _catalogue.Search(words).ConvertAll(module => module.Title).ToArray();
        }
    }
}
