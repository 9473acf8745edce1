using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Somebody who is connected, and where their head and hands are.</summary>
    public sealed class Person
    {
        private readonly List<string> _holding = new List<string>();

        internal Person(ClientInfo info, bool isSelf)
        {
            Id = info.Id;
            Name = info.Name;
            Kind = info.Kind;
            IsSelf = isSelf;
            Hue = HueOf(info.Id);
        }

        /// <summary>Id of the client.</summary>
        public string Id { get; }

        /// <summary>Name from its hello.</summary>
        public string Name { get; }

        /// <summary>What it is.</summary>
        public ClientKind Kind { get; }

        /// <summary>Whether it is this client.</summary>
        public bool IsSelf { get; }

        /// <summary>Hue in degrees: the same for everybody who looks, the web view included.</summary>
        public int Hue { get; }

        /// <summary>Where the head is in the rack's space; null where it is not known.</summary>
        public RackPose? Head { get; private set; }

        /// <summary>Where the left hand is.</summary>
        public RackPose? Left { get; private set; }

        /// <summary>Where the right hand is.</summary>
        public RackPose? Right { get; private set; }

        /// <summary>What is held, as module, module/knob or module/jack.</summary>
        public IReadOnlyList<string> Holding => _holding;

        internal void Take(OthersPresence presence)
        {
            Head = presence.Head;
            Left = presence.Left;
            Right = presence.Right;
            _holding.Clear();
            for (int index = 0; index < presence.Holding.Count; index++)
            {
                _holding.Add(presence.Holding[index]);
            }
        }

        /// <summary>The golden angle keeps neighbours in the alphabet of ids apart.</summary>
        private static int HueOf(string id)
        {
            int sum = 0;
            foreach (char letter in id)
            {
                sum = (sum * 31 + letter) % 9973;
            }
            return (int)System.Math.Round(sum * 137.508 % 360);
        }
    }
}
