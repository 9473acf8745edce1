using System;
using System.Reflection;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    /// <summary>Counts the bytes that this thread allocates, where the runtime can tell.</summary>
    internal static class Allocations
    {
        private const int WarmUp = 300;
        private const int Counted = 3000;

        private static readonly Func<long> OfThisThread = Find();

        /// <summary>
        /// Runs <paramref name="act"/> a few hundred times, then asserts that thousands more allocate nothing.
        /// </summary>
        public static void AssertNone(Action act)
        {
            if (OfThisThread == null)
            {
                Assert.Ignore("This runtime does not count allocations.");
            }
            Assert.That(Of(act, Counted), Is.EqualTo(0), "bytes allocated");
        }

        private static long Of(Action act, int times)
        {
            for (int time = 0; time < WarmUp; time++)
            {
                act();
            }
            OfThisThread();
            long before = OfThisThread();
            for (int time = 0; time < times; time++)
            {
                act();
            }
            return OfThisThread() - before;
        }

        /// <summary>There are runtimes in which it always answers 0.</summary>
        private static bool Counts(Func<long> counter)
        {
            long before = counter();
            GC.KeepAlive(new byte[1000]);
            return counter() - before >= 1000;
        }

        private static Func<long> Find()
        {
            MethodInfo method = typeof(GC).GetMethod(
                "GetAllocatedBytesForCurrentThread",
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
            var counter = method == null ? null : (Func<long>)Delegate.CreateDelegate(typeof(Func<long>), method);
            return counter != null && Counts(counter) ? counter : null;
        }
    }
}
