using TMPro;
using UnityEngine;
using UnityEngine.Rendering;

namespace SynthVR.Views
{
    /// <summary>
    /// What everything is drawn with: one material and one font. One material for panels, knobs, cables, menus and
    /// hands keeps the GPU from changing state between them: 40 modules, 300 knobs and 60 cables are about 40 + 2 + 1
    /// draw calls and a dozen for hands, people and menus, of the 120 that Quest 2 has at 72 Hz.
    /// </summary>
    internal sealed class Paint
    {
        // An asset, and not made of the shader here: a build keeps the instanced variants of those shaders alone that a
        // material asset in it uses with instancing on, and what lies in Resources is in every build.
        private const string Asset = "SynthVRPaint";

        private static readonly int HidesBehind = Shader.PropertyToID("_ZWrite");

        internal Paint(TMP_FontAsset font)
        {
            Font = new LabelFont(font);
            var asset = Resources.Load<Material>(Asset);
            Material = Copy(asset, "SynthVR");
            Overlay = Copy(asset, "SynthVR overlay");
            Overlay.SetFloat(HidesBehind, 0f);
            Overlay.renderQueue = (int)RenderQueue.Transparent;
        }

        /// <summary>For what is solid; its labels lie on it, in the same mesh.</summary>
        internal Material Material { get; }

        /// <summary>
        /// For glows, rays and texts in the air: drawn after all that is solid, and hiding nothing. Solid things are
        /// drawn from near to far, so that the clear parts of a near text would cut holes into a panel behind it.
        /// </summary>
        internal Material Overlay { get; }

        internal LabelFont Font { get; }

        /// <summary>An object that shows a mesh of its own, which its owner redraws.</summary>
        internal Mesh Show(GameObject shown) => Show(shown, Material);

        /// <summary>The same, drawn with a material of these.</summary>
        internal Mesh Show(GameObject shown, Material material)
        {
            var mesh = new Mesh { name = shown.name };
            mesh.MarkDynamic();
            shown.AddComponent<MeshFilter>().sharedMesh = mesh;
            MeshRenderer renderer = shown.AddComponent<MeshRenderer>();
            renderer.sharedMaterial = material;
            renderer.shadowCastingMode = ShadowCastingMode.Off;
            renderer.receiveShadows = false;
            renderer.lightProbeUsage = LightProbeUsage.Off;
            return mesh;
        }

        private Material Copy(Material asset, string name)
        {
            var material = new Material(asset) { name = name };
            if (Font.Atlas != null)
            {
                material.mainTexture = Font.Atlas;
            }
            return material;
        }
    }
}
