using UnityEngine.Rendering;

namespace UnityEngine
{
    public enum CameraClearFlags
    {
        Skybox = 1,
        SolidColor = 2,
        Depth = 3,
        Nothing = 4,
    }

    public enum ColorSpace
    {
        Uninitialized = -1,
        Gamma = 0,
        Linear = 1,
    }

    public enum MotionVectorGenerationMode
    {
        Camera = 0,
        Object = 1,
        ForceNoMotion = 2,
    }

    public sealed class Camera : Behaviour
    {
        public CameraClearFlags clearFlags { get; set; }

        public Color backgroundColor { get; set; }

        public float nearClipPlane { get; set; }

        public float farClipPlane { get; set; }
    }

    public class Texture : Object
    {
    }

    public sealed class Texture2D : Texture
    {
    }

    public sealed class Shader : Object
    {
        public static int PropertyToID(string name) => 0;
    }

    public class Material : Object
    {
        public Material(Material source)
        {
            if (source == null)
            {
                throw new System.ArgumentNullException("source");
            }
        }

        public Texture mainTexture { get; set; }

        public int renderQueue { get; set; }

        public void SetFloat(int nameID, float value)
        {
        }
    }

    public sealed class MaterialPropertyBlock
    {
        public void SetVectorArray(int nameID, Vector4[] values)
        {
        }
    }

    public sealed class Mesh : Object
    {
        public IndexFormat indexFormat { get; set; }

        public void MarkDynamic()
        {
        }

        public void Clear(bool keepVertexLayout)
        {
        }

        public void SetVertices(Vector3[] inVertices, int start, int length)
        {
        }

        public void SetColors(Color32[] inColors, int start, int length)
        {
        }

        public void SetUVs(int channel, Vector3[] uvs, int start, int length)
        {
        }

        public void SetTriangles(
            int[] triangles, int trianglesStart, int trianglesLength, int submesh, bool calculateBounds = true,
            int baseVertex = 0)
        {
        }
    }

    public sealed class MeshFilter : Component
    {
        public Mesh sharedMesh { get; set; }
    }

    public class Renderer : Component
    {
        public Material sharedMaterial { get; set; }

        public ShadowCastingMode shadowCastingMode { get; set; }

        public bool receiveShadows { get; set; }

        public LightProbeUsage lightProbeUsage { get; set; }
    }

    public class MeshRenderer : Renderer
    {
    }

    public struct RenderParams
    {
        public RenderParams(Material mat)
            : this()
        {
        }

        public ShadowCastingMode shadowCastingMode { get; set; }

        public bool receiveShadows { get; set; }

        public Bounds worldBounds { get; set; }

        public MaterialPropertyBlock matProps { get; set; }
    }

    public class Graphics
    {
        // Unity's says `where T : unmanaged`, which mcs does not know.
        public static void RenderMeshInstanced<T>(
            in RenderParams rparams, Mesh mesh, int submeshIndex, T[] instanceData, int instanceCount = -1,
            int startInstance = 0)
            where T : struct
        {
        }
    }

    public sealed class Resources
    {
        public static T Load<T>(string path)
            where T : Object
        {
            return null;
        }
    }
}

namespace UnityEngine.Rendering
{
    public enum IndexFormat
    {
        UInt16 = 0,
        UInt32 = 1,
    }

    public enum ShadowCastingMode
    {
        Off = 0,
        On = 1,
        TwoSided = 2,
        ShadowsOnly = 3,
    }

    public enum RenderQueue
    {
        Background = 1000,
        Geometry = 2000,
        AlphaTest = 2450,
        GeometryLast = 2500,
        Transparent = 3000,
        Overlay = 4000,
    }

    public enum LightProbeUsage
    {
        Off = 0,
        BlendProbes = 1,
        UseProxyVolume = 2,
        CustomProvided = 4,
    }

    public enum GraphicsDeviceType
    {
        OpenGLES3 = 11,
        Vulkan = 21,
    }
}

namespace UnityEngine.TextCore
{
    public struct FaceInfo
    {
        public float pointSize { get; set; }

        public float capLine { get; set; }
    }

    public struct GlyphRect
    {
        public int x { get; set; }

        public int y { get; set; }

        public int width { get; set; }

        public int height { get; set; }
    }

    public struct GlyphMetrics
    {
        public float width { get; set; }

        public float height { get; set; }

        public float horizontalBearingX { get; set; }

        public float horizontalBearingY { get; set; }

        public float horizontalAdvance { get; set; }
    }

    public class Glyph
    {
        public GlyphMetrics metrics { get; set; }

        public GlyphRect glyphRect { get; set; }

        public int atlasIndex { get; set; }
    }
}
