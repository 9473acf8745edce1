using SynthVR.Checks;

namespace SynthVR.Editor
{
    /// <summary>Project Settings → Audio, which has no class of its own.</summary>
    internal sealed class SoundSettings : ISoundSettings
    {
        private readonly SettingsFile _file = new SettingsFile("AudioManager.asset");

        public int SampleRate
        {
            get => _file.Read("m_SampleRate");
            set => _file.Write("m_SampleRate", value);
        }

        public int BlockFrames
        {
            get => _file.Read("m_RequestedDSPBufferSize");
            set
            {
                _file.Write("m_RequestedDSPBufferSize", value);
                _file.Write("m_DSPBufferSize", value); // what was asked for and what was got: Unity keeps both
            }
        }
    }
}
