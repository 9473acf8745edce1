using TMPro;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// What everything is drawn with: one material and one font. One material for panels, knobs, cables, menus and
    /// hands keeps the GPU from changing state between them: 40 modules, 300 knobs and 60 cables are about 40 + 2 + 1
    /// draw calls and a dozen for hands, people and menus, of the 120 that Quest 2 has at 72 Hz.
    /// </summary>
    internal sealed class Paint
    {
        // A shader in Resources is in every build; the others are for projects that have stripped it.
        private const string Own = "SynthVRInk";

        private static readonly string[] Others =
        {
            "SynthVR/Ink", "Universal Render Pipeline/Particles/Unlit", "Sprites/Default"
        };

        internal Paint(TMP_FontAsset font)
        {
            Font = new LabelFont(font);
            Material = new Material(FindShader()) { name = "SynthVR", enableInstancing = true };
            if (Font.Atlas != null)
            {
                Material.mainTexture = Font.Atlas;
            }
        }

        internal Material Material { get; }

        internal LabelFont Font { get; }

        /// <summary>An object that shows a mesh of its own, which its owner redraws.</summary>
        internal Mesh Show(GameObject shown)
        {
            var mesh = new Mesh { name = shown.name };
            mesh.MarkDynamic();
            shown.AddComponent<MeshFilter>().sharedMesh = mesh;
            MeshRenderer renderer = shown.AddComponent<MeshRenderer>();
            renderer.sharedMaterial = Material;
            renderer.shadowCastingMode = UnityEngine.Rendering.ShadowCastingMode.Off;
            renderer.receiveShadows = false;
            renderer.lightProbeUsage = UnityEngine.Rendering.LightProbeUsage.Off;
            return mesh;
        }

        private static Shader FindShader()
        {
            Shader shader = Resources.Load<Shader>(Own);
            for (int index = 0; shader == null && index < Others.Length; index++)
            {
                shader = Shader.Find(Others[index]);
            }
            return shader;
        }
    }
}
