using System.Text;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    [TestFixture]
    public sealed class TextCacheTests
    {
        private readonly TextCache _cache = new TextCache();

        [Test]
        public void The_same_bytes_give_the_same_string()
        {
            Assert.That(Get("osc/pitch"), Is.SameAs(Get("osc/pitch")));
        }

        [Test]
        public void Different_bytes_give_different_strings()
        {
            for (int i = 0; i < 5000; i++)
            {
                Assert.That(Get($"module-{i}"), Is.EqualTo($"module-{i}"));
            }
        }

        [Test]
        public void Five_thousand_ids_stay_known()
        {
            var kept = new string[5000];
            for (int i = 0; i < kept.Length; i++)
            {
                kept[i] = Get($"module-{i}");
            }
            for (int i = 0; i < kept.Length; i++)
            {
                Assert.That(Get($"module-{i}"), Is.SameAs(kept[i]));
            }
        }

        [Test]
        public void Ids_without_end_do_not_stay_for_ever()
        {
            string first = Get("first");
            for (int i = 0; i < 10000; i++)
            {
                Get($"id-{i}");
            }
            Assert.That(Get("first"), Is.Not.SameAs(first));
            Assert.That(Get("first"), Is.EqualTo(first));
        }

        [TestCase("Prüfton")]
        [TestCase("♪")]
        public void Texts_beyond_ASCII_are_read_but_not_kept(string text)
        {
            Assert.That(Get(text), Is.EqualTo(text));
            Assert.That(Get(text), Is.Not.SameAs(Get(text)));
        }

        private string Get(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return _cache.Get(bytes, 0, bytes.Length);
        }
    }
}
