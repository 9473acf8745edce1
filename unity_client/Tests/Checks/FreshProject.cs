using System;
using System.Collections.Generic;

namespace SynthVR.Checks.Tests
{
    /// <summary>A project as Unity's wizard leaves it: nothing is as a headset needs it.</summary>
    internal sealed class FreshProject : IProject, IAndroidSettings, IXrSettings, ISoundSettings, IDrawingSettings,
        IContents
    {
        private readonly HashSet<string> _features = new HashSet<string>();
        private bool _loadsOpenXr;

        public IAndroidSettings Android => this;

        public IXrSettings Xr => this;

        public ISoundSettings Sound => this;

        public IDrawingSettings Drawing => this;

        public IContents Contents => this;

        public bool IsInstalled { get; set; } = true;

        public bool IsActive { get; private set; }

        public bool UsesIl2Cpp { get; set; }

        public bool IsArm64Only { get; set; }

        public int LowestApiLevel { get; set; } = 23;

        public bool RequiresInternet { get; set; }

        public bool AllowsCleartext { get; set; }

        public bool UsesInputSystemOnly { get; set; }

        public bool LoadsOpenXr
        {
            get => IsBroken ? throw new InvalidOperationException("The asset is broken.") : _loadsOpenXr;
            set => _loadsOpenXr = value;
        }

        public bool BeginsWithTheApp { get; set; }

        public bool DrawsBothEyesAtOnce { get; set; }

        public bool StripsInternet { get; set; } = true;

        public bool CanShowTheRoom { get; set; } = true;

        public int SampleRate { get; set; }

        public int BlockFrames { get; set; } = 1024;

        public bool UsesVulkanOnly { get; set; }

        public bool IsLinear { get; set; }

        public bool UsesAstcOnly { get; set; }

        public bool HasTextResources { get; private set; }

        public bool HasSceneInBuild { get; private set; }

        /// <summary>Whether reading the XR settings fails.</summary>
        public bool IsBroken { get; set; }

        /// <summary>Whether a package that brings OpenXR features is missing.</summary>
        public bool LacksFeatures { get; set; }

        /// <summary>Whether OpenXR has its feature of composition layers: with Meta OpenXR 2.2 and later.</summary>
        public bool HasCompositionLayers { get; set; }

        public void Activate()
        {
            IsActive = true;
        }

        public bool Has(string feature)
        {
            return feature != OpenXrFeature.CompositionLayers || HasCompositionLayers;
        }

        public bool IsOn(string feature)
        {
            return _features.Contains(feature);
        }

        public void TurnOn(string feature)
        {
            if (!_loadsOpenXr || LacksFeatures)
            {
                throw new InvalidOperationException("There is no feature " + feature + ".");
            }
            _features.Add(feature);
        }

        public void ImportTextResources()
        {
            HasTextResources = true;
        }

        public void CreateScene()
        {
            HasSceneInBuild = true;
        }
    }
}
