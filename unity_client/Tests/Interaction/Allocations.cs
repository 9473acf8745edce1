using System;
using System.Reflection;
using NUnit.Framework;

namespace SynthVR.Interaction.Tests
{
    /// <summary>Counts the bytes that this thread allocates, where the runtime can tell.</summary>
    internal static class Allocations
    {
        private static readonly Func<long> OfThisThread = Find();

        /// <summary>Asserts that 3,000 frames allocate nothing, after 300 in which code is compiled.</summary>
        internal static void AssertNone(Action frame)
        {
            if (OfThisThread == null)
            {
                Assert.Ignore("This runtime does not count allocations.");
            }
            for (int warming = 0; warming < 300; warming++)
            {
                frame();
            }
            long before = OfThisThread();
            for (int counted = 0; counted < 3000; counted++)
            {
                frame();
            }
            Assert.That(OfThisThread() - before, Is.EqualTo(0), "bytes allocated");
        }

        /// <summary>Mono and .NET have it; Unity's profile may not, so it is asked for by name.</summary>
        private static Func<long> Find()
        {
            MethodInfo method = typeof(GC).GetMethod("GetAllocatedBytesForCurrentThread", Type.EmptyTypes);
            var counter = method == null ? null : (Func<long>)Delegate.CreateDelegate(typeof(Func<long>), method);
            if (counter == null)
            {
                return null;
            }
            long before = counter();
            GC.KeepAlive(new byte[1000]);
            return counter() - before >= 1000 ? counter : null;
        }
    }
}
