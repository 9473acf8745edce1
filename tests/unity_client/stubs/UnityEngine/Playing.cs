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
        public static string GetString(string key, string defaultValue) => null;

        public static void SetString(string key, string value)
        {
        }

        public static int GetInt(string key, int defaultValue) => 0;

        public static void SetInt(string key, int value)
        {
        }

        public static void Save()
        {
        }
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

    public sealed class AudioSource : AudioBehaviour
    {
        public bool playOnAwake { get; set; }

        public bool loop { get; set; }

        public float spatialBlend { get; set; }

        public void Play()
        {
        }

        public void Stop()
        {
        }
    }

    public class AndroidJavaException : Exception
    {
    }

    public class AndroidJavaObject : IDisposable
    {
        public void Call(string methodName, params object[] args)
        {
        }

        public ReturnType Call<ReturnType>(string methodName, params object[] args) => default(ReturnType);

        public FieldType GetStatic<FieldType>(string fieldName) => default(FieldType);

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
