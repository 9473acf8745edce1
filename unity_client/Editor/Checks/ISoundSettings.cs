namespace SynthVR.Checks
{
    /// <summary>The project's audio settings. Setting a property changes the project.</summary>
    public interface ISoundSettings
    {
        /// <summary>Frames a second; 0 where the device chooses.</summary>
        int SampleRate { get; set; }

        /// <summary>Frames that Unity computes at once; 0 where Unity chooses.</summary>
        int BlockFrames { get; set; }
    }
}
