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

        [Test]
        public void AChangeLeavesTheOthersTheSame()
        {
            ModuleInfo vco = FakeCatalogue.BeingMade(_catalogue.Find("vco"));
            var change = new CatalogueChange(new[] { vco }, new[] { "vca", "gone" }, new string[0]);
            Catalogue after = _catalogue.After(change);
            Assert.That(after.Modules, Is.EqualTo(new[] { vco }));
            Catalogue back = after.After(new CatalogueChange(FakeCatalogue.Modules, new string[0], new string[0]));
            Assert.That(back.Modules, Is.EqualTo(FakeCatalogue.Modules));
            Assert.That(back.After(change).Find("vco").BeingMade, Is.True);
        }

        private string[] Titles(string words)
        {
            return _catalogue.Search(words).ConvertAll(module => module.Title).ToArray();
        }
    }
}
