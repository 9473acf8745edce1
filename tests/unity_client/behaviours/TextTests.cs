using NUnit.Framework;
using SynthVR.Views;
using TMPro;
using UnityEngine;

namespace SynthVR.Behaviours.Tests
{
    /// <summary>TextMesh Pro's settings throw where its essential resources are not in the project.</summary>
    public sealed class TextTests
    {
        [TearDown]
        public void Unload()
        {
            TMP_Settings.Loaded = null;
        }

        [Test]
        public void Without_the_resources_texts_stay_unwritten()
        {
            Assert.That(() => TMP_Settings.defaultFontAsset, Throws.Exception);
            var font = new LabelFont(null);
            Assert.That(font.Atlas == null, Is.True);
            font.Write(null, "Cutoff", Vector3.zero, 1f, 1f, default(Color32));
            font.Write(null, new[] { 'a' }, 1, Vector3.zero, 1f, default(Color32));
        }

        [Test]
        public void The_font_of_the_project_is_used_where_no_other_is_given()
        {
            TMP_Settings.Loaded = new TMP_Settings { Font = new TMP_FontAsset() };
            Assert.That(() => new LabelFont(null).Write(null, "", Vector3.zero, 1f, 1f, default(Color32)), Throws.Nothing);
        }
    }
}
