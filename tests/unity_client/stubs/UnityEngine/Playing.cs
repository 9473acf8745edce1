using System;
using System.Collections.Generic;

namespace UnityEngine
{
    public sealed class Time
    {
        public static float unscaledDeltaTime => 0f;
    }

    public sealed class Debug
    {
        public static void Log(object message)
        {
        }

        public static void LogWarning(object message)
        {
        }

        public static void LogError(object message)
        {
        }

        public static void LogError(object message, Object context)
        {
        }

        public static void LogException(Exception exception)
        {
        }
    }

    public class Application
    {
        public static bool isBatchMode => false;
    }

    public class PlayerPrefs
    {
        internal static readonly Dictionary<string, object> Kept = new Dictionary<string, object>();

        public static string GetString(string key, string defaultValue) => Get(key, defaultValue);

        public static void SetString(string key, string value) => Kept[key] = value;

        public static int GetInt(string key, int defaultValue) => Get(key, defaultValue);

        public static void SetInt(string key, int value) => Kept[key] = value;

        public static void Save()
        {
        }

        private static T Get<T>(string key, T normal) => Kept.TryGetValue(key, out object kept) ? (T)kept : normal;
    }

    public struct AudioConfiguration
    {
        public int dspBufferSize;
        public int sampleRate;
    }

    public sealed class AudioSettings
    {
        public static event AudioConfigurationChangeHandler OnAudioConfigurationChanged;

        public delegate void AudioConfigurationChangeHandler(bool deviceWasChanged);

        public static int outputSampleRate { get; set; }

        public static AudioConfiguration GetConfiguration() => default(AudioConfiguration);

        public static bool Reset(AudioConfiguration config) => false;

        public static void GetDSPBufferSize(out int bufferLength, out int numBuffers)
        {
            bufferLength = 0;
            numBuffers = 0;
        }
    }

    public class AudioBehaviour : Behaviour
    {
    }

    public sealed class AudioListener : AudioBehaviour
    {
    }

    public sealed class AudioClip : Object
    {
        public static AudioClip Create(string name, int lengthSamples, int channels, int frequency, bool stream)
        {
            return new AudioClip { name = name };
        }
    }

    public sealed class AudioSource : AudioBehaviour
    {
        internal bool Plays { get; set; }

        public AudioClip clip { get; set; }

        public bool playOnAwake { get; set; }

        public bool loop { get; set; }

        public float spatialBlend { get; set; }

        public void Play() => Plays = true;

        public void Stop() => Plays = false;
    }

    public sealed class AndroidJavaException : Exception
    {
        internal AndroidJavaException(string message)
            : base(message)
        {
        }
    }

    public class AndroidJavaObject : IDisposable
    {
        /// <summary>Hears of every call, by its name, before it returns; throws what Java would.</summary>
        internal static Action<string> Called { get; set; } = name => { };

        public void Call(string methodName, params object[] args) => Called(methodName);

        public ReturnType Call<ReturnType>(string methodName, params object[] args)
        {
            Called(methodName);
            return Some<ReturnType>();
        }

        public FieldType GetStatic<FieldType>(string fieldName) => Some<FieldType>();

        private static T Some<T>() => (T)(object)(typeof(T) == typeof(AndroidJavaObject) ? new AndroidJavaObject() : null);

        public void Dispose()
        {
        }
    }

    public class AndroidJavaClass : AndroidJavaObject
    {
        public AndroidJavaClass(string className)
        {
        }
    }

    public interface ISubsystem
    {
        bool running { get; }
    }

    public static class SubsystemManager
    {
        public static void GetSubsystems<T>(List<T> subsystems)
            where T : ISubsystem
        {
        }
    }
}

namespace UnityEngine.XR
{
    public enum XRNode
    {
        LeftEye = 0,
        RightEye = 1,
        CenterEye = 2,
        Head = 3,
        LeftHand = 4,
        RightHand = 5,
    }

    public struct InputDevice
    {
        public bool isValid => false;

        public bool SendHapticImpulse(uint channel, float amplitude, float duration = 1.0f) => false;
    }

    public class InputDevices
    {
        public static InputDevice GetDeviceAtXRNode(XRNode node) => default(InputDevice);
    }
}

namespace UnityEngine.SceneManagement
{
    public struct Scene
    {
        public string path => null;

        public GameObject[] GetRootGameObjects() => null;
    }

    public class SceneManager
    {
    }
}
