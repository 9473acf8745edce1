using System;
using System.Net;
using System.Net.NetworkInformation;
using NUnit.Framework;

namespace SynthVR.Client.Tests
{
    public sealed class UdpMulticastTest
    {
        /// <summary>What Unity's Android class library throws: exceptions of no one kind.</summary>
        public static readonly Exception[] Failures =
        {
            new SystemException("getifaddrs() failed"),
            new EntryPointNotFoundException("getifaddrs"),
            new NetworkInformationException(),
            new NotSupportedException(),
        };

        [TestCaseSource("Failures")]
        public void WhereTheNetworksCannotBeListedTheSystemChooses(Exception failure)
        {
            Assert.That(UdpMulticast.Interfaces(() => { throw failure; }), Is.EqualTo(new[] { IPAddress.Any }));
        }

        [Test]
        public void WhereThereIsNoNetworkTheSystemChooses()
        {
            Assert.That(UdpMulticast.Interfaces(() => new NetworkInterface[0]), Is.EqualTo(new[] { IPAddress.Any }));
        }
    }
}
