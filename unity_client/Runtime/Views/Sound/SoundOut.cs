using System.Threading;
using SynthVR.Client;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// Plays the server's master output in the headset. Unity's audio thread reads straight from the client's ring: no
    /// lock, no allocation. The source loops a second of silence, which is what its clip is for: that a source
    /// without one is heard is promised nowhere.
    /// </summary>
    [RequireComponent(typeof(AudioSource))]
    public sealed class SoundOut : MonoBehaviour
    {
        private const int Second = 48000; // samples of the silent clip

        private SoundStream _stream;
        private AudioSource _source;
        private bool _isOn;

        internal AudioDevice Device { get; } = new AudioDevice();

        internal void Begin(SoundStream stream)
        {
            _source = GetComponent<AudioSource>();
            _source.playOnAwake = false;
            _source.Stop(); // it began with the scene where the scene said so
            _source.spatialBlend = 0f; // stereo as it was mixed
            _source.loop = true;
            Device.Configure();
            _source.clip = AudioClip.Create("SynthVR silence", Second, 2, Second, false);
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
                _source.Play();
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
