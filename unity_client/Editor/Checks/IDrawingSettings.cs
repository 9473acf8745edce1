namespace SynthVR.Checks
{
    /// <summary>How the project draws. Setting a property changes the project.</summary>
    public interface IDrawingSettings
    {
        /// <summary>Whether Vulkan is the only way in which Android draws.</summary>
        bool UsesVulkanOnly { get; set; }

        /// <summary>Whether colours are computed in linear light.</summary>
        bool IsLinear { get; set; }

        /// <summary>Whether textures are compressed as ASTC and in no other way.</summary>
        bool UsesAstcOnly { get; set; }
    }
}
