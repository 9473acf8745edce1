using System.Linq;
using SynthVR.Checks;
using UnityEditor;
using UnityEngine;
using UnityEngine.Rendering;

namespace SynthVR.Editor
{
    /// <summary>Unity's player and build settings for drawing on Android.</summary>
    internal sealed class DrawingSettings : IDrawingSettings
    {
        private static readonly GraphicsDeviceType[] Vulkan = { GraphicsDeviceType.Vulkan };
        private static readonly TextureCompressionFormat[] Astc = { TextureCompressionFormat.ASTC };
        private static readonly TextureCompressionFormat[] Etc2 = { TextureCompressionFormat.ETC2 };

        public bool UsesVulkanOnly
        {
            get => !PlayerSettings.GetUseDefaultGraphicsAPIs(BuildTarget.Android)
                && PlayerSettings.GetGraphicsAPIs(BuildTarget.Android).SequenceEqual(Vulkan);
            set
            {
                PlayerSettings.SetUseDefaultGraphicsAPIs(BuildTarget.Android, !value);
                if (value)
                {
                    PlayerSettings.SetGraphicsAPIs(BuildTarget.Android, Vulkan);
                }
            }
        }

        public bool IsLinear
        {
            get => PlayerSettings.colorSpace == ColorSpace.Linear;
            set => PlayerSettings.colorSpace = value ? ColorSpace.Linear : ColorSpace.Gamma;
        }

        public bool UsesAstcOnly
        {
            get => !IsOverriddenByAnotherFormat
                && PlayerSettings.Android.textureCompressionFormats.SequenceEqual(Astc);
            set
            {
                EditorUserBuildSettings.androidBuildSubtarget = MobileTextureSubtarget.Generic; // no override
                PlayerSettings.Android.textureCompressionFormats = value ? Astc : Etc2;
            }
        }

        private static bool IsOverriddenByAnotherFormat =>
            EditorUserBuildSettings.androidBuildSubtarget != MobileTextureSubtarget.Generic
            && EditorUserBuildSettings.androidBuildSubtarget != MobileTextureSubtarget.ASTC;
    }
}
