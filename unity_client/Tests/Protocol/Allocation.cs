using System;
using System.Reflection;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    /// <summary>Counts what the current thread allocates.</summary>
    public static class Allocation
    {
        private static readonly Func<long> Counter = FindCounter();

        /// <summary>Bytes allocated by this thread since it began. Ends the test where the runtime does not count.</summary>
        public static long SoFar()
        {
            if (Counter == null)
            {
                Assert.Ignore("This runtime does not count what a thread allocates.");
            }
            return Counter();
        }

        /// <summary>Bytes that many events allocate, after a thousand to warm up.</summary>
        public static long Of(int events, Action<int> happen)
        {
            for (int i = 0; i < 1000; i++)
            {
                happen(i);
            }
            long before = SoFar();
            for (int i = 0; i < events; i++)
            {
                happen(i);
            }
            return SoFar() - before;
        }

        /// <summary>There are runtimes in which it always answers 0: then nothing would ever be found.</summary>
        internal static bool Counts(Func<long> counter)
        {
            long before = counter();
            GC.KeepAlive(new byte[1000]);
            return counter() - before >= 1000;
        }

        // Unity's profiles have not always had the function.
        private static Func<long> FindCounter()
        {
            MethodInfo found = typeof(GC).GetMethod("GetAllocatedBytesForCurrentThread", Type.EmptyTypes);
            var counter = found == null ? null : (Func<long>)Delegate.CreateDelegate(typeof(Func<long>), found);
            return counter != null && Counts(counter) ? counter : null;
        }
    }
}
