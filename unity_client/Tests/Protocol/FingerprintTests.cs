using System.Collections.Generic;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    [TestFixture]
    public sealed class FingerprintTests
    {
        private static readonly PlacedModule Vca = new PlacedModule("vca");
        private static readonly PlacedModule Vco = new PlacedModule("vco");

        [Test]
        public void An_edit_costs_one_entry_the_old_hash_out_and_the_new_one_in()
        {
            Fingerprint before = Fingerprint.Of(PatchOf(new Dictionary<string, PlacedModule> { { "a", Vca } }));
            Fingerprint after = Fingerprint.Of(PatchOf(new Dictionary<string, PlacedModule> { { "a", Vco } }));
            Fingerprint moved = before - Fingerprint.OfModule("a", Vca) + Fingerprint.OfModule("a", Vco);
            Assert.That(moved, Is.EqualTo(after));
            Assert.That(moved == before, Is.False);
        }

        [Test]
        public void The_order_of_modules_does_not_matter()
        {
            var one = new Dictionary<string, PlacedModule> { { "a", Vca }, { "b", Vco } };
            var other = new Dictionary<string, PlacedModule> { { "b", Vco }, { "a", Vca } };
            Assert.That(Fingerprint.Of(PatchOf(one)), Is.EqualTo(Fingerprint.Of(PatchOf(other))));
        }

        [Test]
        public void Keys_go_in_the_order_of_their_bytes_whatever_the_culture()
        {
            var one = new PlacedModule("vca", new Dictionary<string, double> { { "a", 1 }, { "B", 2 }, { "_", 3 } });
            var other = new PlacedModule("vca", new Dictionary<string, double> { { "_", 3 }, { "B", 2 }, { "a", 1 } });
            Assert.That(Fingerprint.OfModule("x", one), Is.EqualTo(Fingerprint.OfModule("x", other)));
        }

        [TestCase(null)]
        [TestCase("")]
        [TestCase("12")]
        [TestCase("zzzzzzzzzzzzzzzz")]
        [TestCase("BAC99E506CBDC2E3 ")]
        public void What_is_no_fingerprint_is_not_the_same(string digits)
        {
            Assert.That(Fingerprint.Of(new Patch()).Is(digits), Is.False);
        }

        private static Patch PatchOf(Dictionary<string, PlacedModule> modules)
        {
            return new Patch(modules: modules);
        }
    }
}
