using System.Collections.Generic;
using UnityEngine;
using UnityEngine.TextCore;

namespace TMPro
{
    public abstract class TMP_Asset : ScriptableObject
    {
    }

    public class TMP_TextElement
    {
        public Glyph glyph { get; set; }
    }

    public class TMP_Character : TMP_TextElement
    {
    }

    public class TMP_FontAsset : TMP_Asset
    {
        public FaceInfo faceInfo => default(FaceInfo);

        public Texture2D atlasTexture => null;

        public int atlasWidth => 0;

        public int atlasHeight => 0;

        public int atlasPadding => 0;

        public Dictionary<uint, TMP_Character> characterLookupTable => null;

        public bool HasCharacter(char character, bool searchFallbacks = false, bool tryAddCharacter = false) => false;
    }

    public class TMP_Settings : ScriptableObject
    {
        /// <summary>Null where the essential resources are not in the project.</summary>
        internal static TMP_Settings Loaded { get; set; }

        public static TMP_FontAsset defaultFontAsset => Loaded.Font;

        internal TMP_FontAsset Font { get; set; }

        public static TMP_FontAsset GetFontAsset() => Loaded == null ? null : Loaded.Font;
    }
}
