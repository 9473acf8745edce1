using System.Threading;
using SynthVR.Client;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Plays the server's master output in the headset. Unity's audio thread reads straight from the client's ring: no
    /// lock, no allocation, no clip in between.
    /// </summary>
    [RequireComponent(typeof(AudioSource))]
    public sealed class SoundOut : MonoBehaviour
    {
        private SoundStream _stream;
        private AudioSource _source;
        private bool _isOn;

        internal AudioDevice Device { get; } = new AudioDevice();

        internal void Begin(SoundStream stream)
        {
            _source = GetComponent<AudioSource>();
            _source.playOnAwake = false;
            _source.spatialBlend = 0f; // stereo as it was mixed
            _source.loop = true;
            Device.Configure();
            stream.OutputRate = Device.Rate;
            Volatile.Write(ref _stream, stream);
            AudioSettings.OnAudioConfigurationChanged += Reconfigure;
        }

        /// <summary>Starts or stops.</summary>
        internal void Play(bool isOn)
        {
            if (isOn == _isOn)
            {
                return;
            }
            _isOn = isOn;
            if (isOn)
            {
                _source.Play(); // OnAudioFilterRead is called for a source that plays, whatever its clip
            }
            else
            {
                _source.Stop();
            }
        }

        private void Reconfigure(bool deviceWasChanged)
        {
            if (deviceWasChanged)
            {
                Device.Configure();
            }
            else
            {
                Device.Check();
            }
            _stream.OutputRate = Device.Rate;
            if (_isOn)
            {
                _source.Play();
            }
        }

        private void OnDestroy()
        {
            AudioSettings.OnAudioConfigurationChanged -= Reconfigure;
        }

        private void OnAudioFilterRead(float[] data, int channels)
        {
            Volatile.Read(ref _stream)?.Read(data, channels);
        }
    }
}
