using System.Collections.Generic;
using SynthVR.Interaction;
using TMPro;
using UnityEngine;
using UnityEngine.TextCore;

namespace SynthVR.Views
{
    /// <summary>
    /// Writes text as glyphs of a TextMeshPro font into <see cref="Ink"/>. A panel has 10–40 labels: as TextMeshPro
    /// objects of their own they would be as many draw calls, so only the font's atlas is used, and the labels go into
    /// the panel's own mesh. A signed distance field stays sharp from any distance. Allocates nothing per text.
    /// </summary>
    internal sealed class LabelFont
    {
        private readonly Dictionary<char, Glyph> _glyphs = new Dictionary<char, Glyph>();
        private readonly TMP_FontAsset _font;

        internal LabelFont(TMP_FontAsset font)
        {
            // Not defaultFontAsset: that throws where TextMesh Pro's essential resources are not in the project.
            _font = font != null ? font : TMP_Settings.GetFontAsset();
        }

        /// <summary>The glyphs' distance field; null where there is no font at all, and texts stay unwritten.</summary>
        internal Texture Atlas => _font == null ? null : _font.atlasTexture;

        /// <summary>
        /// Writes in the middle of an area of a panel, as large as it is high, narrower where it is too long.
        /// </summary>
        internal void Write(
            Ink ink, string text, in PanelArea area, float panelWidth, float panelHeight, Color32 colour)
        {
            var middle = new Vector3(area.X - panelWidth / 2f, panelHeight / 2f - area.Y, -0.12f);
            Write(ink, text, middle, area.Height, area.Width, colour);
        }

        internal void Write(Ink ink, string text, Vector3 middle, float size, float mostWidth, Color32 colour)
        {
            if (_font == null || string.IsNullOrEmpty(text))
            {
                return;
            }
            float scale = size / _font.faceInfo.pointSize;
            float width = 0f;
            for (int index = 0; index < text.Length; index++)
            {
                width += Advance(text[index]) * scale;
            }
            float squeeze = width > mostWidth ? mostWidth / width : 1f;
            float x = middle.x - width * squeeze / 2f;
            float baseline = middle.y - _font.faceInfo.capLine * scale / 2f;
            for (int index = 0; index < text.Length; index++)
            {
                x += Put(ink, text[index], new Vector3(x, baseline, middle.z), scale, squeeze, colour);
            }
        }

        /// <summary>Writes characters that change every frame.</summary>
        internal void Write(Ink ink, char[] text, int count, Vector3 middle, float size, Color32 colour)
        {
            if (_font == null)
            {
                return;
            }
            float scale = size / _font.faceInfo.pointSize;
            float width = 0f;
            for (int index = 0; index < count; index++)
            {
                width += Advance(text[index]) * scale;
            }
            float x = middle.x - width / 2f;
            float baseline = middle.y - _font.faceInfo.capLine * scale / 2f;
            for (int index = 0; index < count; index++)
            {
                x += Put(ink, text[index], new Vector3(x, baseline, middle.z), scale, 1f, colour);
            }
        }

        private float Advance(char character)
        {
            Glyph glyph = Find(character);
            return glyph == null ? 0f : glyph.metrics.horizontalAdvance;
        }

        private float Put(Ink ink, char character, Vector3 at, float scale, float squeeze, Color32 colour)
        {
            Glyph glyph = Find(character);
            if (glyph == null)
            {
                return 0f;
            }
            // The distance field reaches beyond the outline by the atlas' padding.
            GlyphMetrics metrics = glyph.metrics;
            GlyphRect rect = glyph.glyphRect;
            float padding = _font.atlasPadding;
            float left = at.x + (metrics.horizontalBearingX - padding) * scale * squeeze;
            float right = left + (metrics.width + 2f * padding) * scale * squeeze;
            float top = at.y + (metrics.horizontalBearingY + padding) * scale;
            float bottom = top - (metrics.height + 2f * padding) * scale;
            float u0 = (rect.x - padding) / _font.atlasWidth;
            float u1 = (rect.x + rect.width + padding) / _font.atlasWidth;
            float v0 = (rect.y - padding) / _font.atlasHeight;
            float v1 = (rect.y + rect.height + padding) / _font.atlasHeight;
            int first = ink.Point(new Vector3(left, top, at.z), colour, new Vector3(u0, v1, 1f));
            ink.Point(new Vector3(right, top, at.z), colour, new Vector3(u1, v1, 1f));
            ink.Point(new Vector3(right, bottom, at.z), colour, new Vector3(u1, v0, 1f));
            ink.Point(new Vector3(left, bottom, at.z), colour, new Vector3(u0, v0, 1f));
            ink.Triangle(first, first + 1, first + 2);
            ink.Triangle(first, first + 2, first + 3);
            return metrics.horizontalAdvance * scale * squeeze;
        }

        /// <summary>
        /// Null for what the font lacks. A font of another atlas cannot help: a mesh has one texture.
        /// </summary>
        private Glyph Find(char character)
        {
            if (_glyphs.TryGetValue(character, out Glyph known))
            {
                return known;
            }
            Glyph glyph = Lookup(character) ?? Lookup(LookAlike(character)) ?? Lookup('?');
            _glyphs[character] = glyph;
            return glyph;
        }

        private Glyph Lookup(char character)
        {
            return _font.HasCharacter(character, false, true)
                && _font.characterLookupTable.TryGetValue(character, out TMP_Character found)
                && found.glyph.atlasIndex == 0 ? found.glyph : null;
        }

        private static char LookAlike(char character)
        {
            switch (character)
            {
                case '−':
                case '–':
                case '—':
                    return '-';
                case 'µ':
                case 'μ':
                    return 'u';
                case '×':
                    return 'x';
                case '→':
                    return '>';
                case '’':
                    return '\'';
                default:
                    return '?';
            }
        }
    }
}
