using System;
using SynthVR.Client;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// What Android's Wi-Fi must be asked for. Multicast packets are dropped without a lock, and servers are found by
    /// them. Without the low-latency lock the radio dozes between packets: 56 ms on average instead of 3.9 were
    /// measured on an Android phone. Elsewhere there is nothing to ask. Nothing here throws.
    /// </summary>
    internal sealed class NetworkLocks : IMulticastLock, IDisposable
    {
#if UNITY_ANDROID && !UNITY_EDITOR
        private const int FullLowLatency = 4; // WifiManager.WIFI_MODE_FULL_LOW_LATENCY, since Android 10

        private AndroidJavaObject _multicast;
        private AndroidJavaObject _lowLatency;

        /// <inheritdoc/>
        public void Acquire()
        {
            _multicast = _multicast ?? Take(wifi => wifi.Call<AndroidJavaObject>("createMulticastLock", "SynthVR"));
        }

        /// <inheritdoc/>
        public void Release()
        {
            Give(ref _multicast);
        }

        /// <summary>The radio stays awake from now on: it takes power, so only while connected.</summary>
        public void StayAwake(bool isAwake)
        {
            if (!isAwake)
            {
                Give(ref _lowLatency);
            }
            else if (_lowLatency == null)
            {
                _lowLatency = Take(wifi => wifi.Call<AndroidJavaObject>("createWifiLock", FullLowLatency, "SynthVR"));
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Give(ref _multicast);
            Give(ref _lowLatency);
        }

        /// <summary>
        /// A lock that is held; null where there is none to be had: then it works, but worse. Where the app lacks the
        /// permission Android makes the lock, and refuses when it is acquired.
        /// </summary>
        private static AndroidJavaObject Take(Func<AndroidJavaObject, AndroidJavaObject> make)
        {
            AndroidJavaObject made = null;
            try
            {
                using (var player = new AndroidJavaClass("com.unity3d.player.UnityPlayer"))
                using (AndroidJavaObject activity = player.GetStatic<AndroidJavaObject>("currentActivity"))
                using (AndroidJavaObject context = activity.Call<AndroidJavaObject>("getApplicationContext"))
                using (AndroidJavaObject manager = context.Call<AndroidJavaObject>("getSystemService", "wifi"))
                {
                    made = make(manager);
                    made.Call("setReferenceCounted", false);
                    made.Call("acquire");
                    return made;
                }
            }
            catch (Exception refused)
            {
                Debug.LogWarning("SynthVR: the Wi-Fi cannot be kept awake: " + refused.Message);
                made?.Dispose();
                return null;
            }
        }

        private static void Give(ref AndroidJavaObject held)
        {
            try
            {
                held?.Call("release");
            }
            catch (Exception refused)
            {
                Debug.LogWarning("SynthVR: the Wi-Fi cannot be let sleep: " + refused.Message);
            }
            held?.Dispose();
            held = null;
        }
#else
        /// <inheritdoc/>
        public void Acquire()
        {
        }

        /// <inheritdoc/>
        public void Release()
        {
        }

        public void StayAwake(bool isAwake)
        {
        }

        /// <inheritdoc/>
        public void Dispose()
        {
        }
#endif
    }
}
