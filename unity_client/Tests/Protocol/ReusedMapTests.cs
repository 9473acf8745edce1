using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    [TestFixture]
    public sealed class ReusedMapTests
    {
        private readonly ReusedMap<Box> _map = new ReusedMap<Box>();

        [Test]
        public void It_holds_what_it_was_filled_with_last()
        {
            Fill("a", "b", "c");
            Assert.That(Has("c"), Is.True);
            Fill("a", "b");
            Assert.That(_map.Count, Is.EqualTo(2));
            Assert.That(Has("c"), Is.False);
            Fill("a", "b", "c");
            Assert.That(Has("c"), Is.True);
            Fill("c", "d", "a");
            Assert.That(Has("b"), Is.False);
            Assert.That(_map.KeyAt(1), Is.EqualTo("d"));
        }

        [Test]
        public void A_key_is_found_with_the_value_that_was_filled_under_it()
        {
            Fill("a", "b");
            _map.ValueAt(1).Content = 7;
            Assert.That(_map.TryGetValue("b", out Box found), Is.True);
            Assert.That(found.Content, Is.EqualTo(7));
        }

        [Test]
        public void Filled_with_the_same_keys_it_keeps_its_values()
        {
            Fill("a", "b");
            Box before = _map.ValueAt(1);
            Fill("a", "b");
            Assert.That(_map.ValueAt(1), Is.SameAs(before));
        }

        [Test]
        public void Of_a_key_that_comes_twice_the_second_counts()
        {
            Fill("a", "a");
            _map.TryGetValue("a", out Box found);
            Assert.That(found, Is.SameAs(_map.ValueAt(1)));
        }

        [Test]
        public void Asked_before_it_is_filled_anew_it_has_nothing()
        {
            Fill("a");
            _map.Clear();
            Assert.That(Has("a"), Is.False);
            _map.Add("a");
            Assert.That(Has("a"), Is.True);
        }

        private bool Has(string key)
        {
            return _map.TryGetValue(key, out _);
        }

        private void Fill(params string[] keys)
        {
            _map.Clear();
            foreach (string key in keys)
            {
                _map.Add(key);
            }
        }

        private sealed class Box
        {
            public int Content { get; set; }
        }

        [Test]
        public void It_holds_no_more_than_a_patch_has_modules()
        {
            _map.Clear();
            for (int i = 0; i < Limits.MostModules; i++)
            {
                _map.Add("m" + i);
            }
            Assert.Throws<ProtocolException>(() => _map.Add("one more"));
        }

        [Test]
        public void A_list_that_is_filled_again_holds_no_more_than_a_patch_has_cables()
        {
            var holding = new string[Limits.MostCables + 1];
            for (int i = 0; i < holding.Length; i++)
            {
                holding[i] = "";
            }
            var writer = new MessagePackWriter();
            new OthersPresence("ada", null, null, null, new System.Collections.Generic.List<string>(holding))
                .Write(writer);
            Assert.Throws<ProtocolException>(() => new ServerMessageReader().Read(writer.Written, out string _));
        }
    }
}
