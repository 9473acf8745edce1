namespace SynthVR.Checks
{
    /// <summary>A Unity project, as far as the rules look at it and set it.</summary>
    public interface IProject
    {
        /// <summary>How it is built for Android.</summary>
        IAndroidSettings Android { get; }

        /// <summary>How XR is set up for Android.</summary>
        IXrSettings Xr { get; }

        /// <summary>Audio settings.</summary>
        ISoundSettings Sound { get; }

        /// <summary>How it draws.</summary>
        IDrawingSettings Drawing { get; }

        /// <summary>What is among its assets.</summary>
        IContents Contents { get; }
    }
}
