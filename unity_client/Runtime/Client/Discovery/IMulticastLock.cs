namespace SynthVR.Client
{
    /// <summary>
    /// Android's Wi-Fi drops multicast packets unless somebody holds its MulticastLock: the views implement this with
    /// a call to Java. Elsewhere none is needed.
    /// </summary>
    public interface IMulticastLock
    {
        /// <summary>Lets multicast packets through from now on.</summary>
        void Acquire();

        /// <summary>Lets the Wi-Fi save power again.</summary>
        void Release();
    }
}
