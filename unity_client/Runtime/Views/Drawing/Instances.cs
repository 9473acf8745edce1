using System.Collections.Generic;
using UnityEngine;
using UnityEngine.Rendering;

namespace SynthVR.Views
{
    /// <summary>
    /// Many copies of one mesh in one or two draw calls, each with its own place and tint: 300 knobs as objects of
    /// their own would be 300 draw calls of the 120 there are. Allocates only when there are more than ever before.
    /// </summary>
    internal sealed class Instances
    {
        // A constant buffer of 64 KB holds 511 pairs of matrices; with tints, and for both eyes, half of it is safe.
        private const int MostInOneCall = 250;

        private static readonly int Tint = Shader.PropertyToID("_Tint");

        private readonly List<Chunk> _chunks = new List<Chunk>();
        private readonly Mesh _mesh;
        private RenderParams _how;

        internal Instances(Mesh mesh, Material material)
        {
            _mesh = mesh;
            _how = new RenderParams(material)
            {
                shadowCastingMode = ShadowCastingMode.Off,
                receiveShadows = false,
                // Hands and knobs are before the player's eyes anyway: culling them one by one costs more than it
                // saves.
                worldBounds = new Bounds(Vector3.zero, 1000f * Vector3.one)
            };
        }

        /// <summary>How many there are; what was put beyond stays for later.</summary>
        internal int Count { get; set; }

        internal void Put(int index, in Matrix4x4 place, Color32 tint)
        {
            while (index >= MostInOneCall * _chunks.Count)
            {
                _chunks.Add(new Chunk());
            }
            Chunk chunk = _chunks[index / MostInOneCall];
            chunk.Places[index % MostInOneCall] = place;
            chunk.Tints[index % MostInOneCall] = (Vector4)(Color)tint;
            chunk.IsChanged = true;
        }

        internal void Add(in Matrix4x4 place, Color32 tint) => Put(Count++, place, tint);

        internal void Draw()
        {
            for (int first = 0, at = 0; first < Count; first += MostInOneCall, at++)
            {
                Chunk chunk = _chunks[at];
                if (chunk.IsChanged)
                {
                    chunk.Block.SetVectorArray(Tint, chunk.Tints);
                    chunk.IsChanged = false;
                }
                _how.matProps = chunk.Block;
                Graphics.RenderMeshInstanced(_how, _mesh, 0, chunk.Places, Mathf.Min(MostInOneCall, Count - first));
            }
        }

        private sealed class Chunk
        {
            internal readonly Matrix4x4[] Places = new Matrix4x4[MostInOneCall];
            internal readonly Vector4[] Tints = new Vector4[MostInOneCall];
            internal readonly MaterialPropertyBlock Block = new MaterialPropertyBlock();
            internal bool IsChanged;
        }
    }
}
