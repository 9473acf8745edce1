using SynthVR.Checks;

namespace SynthVR.Editor
{
    /// <summary>The project that is open in this editor.</summary>
    internal sealed class UnityProject : IProject
    {
        public IAndroidSettings Android { get; } = new AndroidSettings();

        public IXrSettings Xr { get; } = new XrSettings();

        public ISoundSettings Sound { get; } = new SoundSettings();

        public IDrawingSettings Drawing { get; } = new DrawingSettings();

        public IContents Contents { get; } = new Contents();
    }
}
