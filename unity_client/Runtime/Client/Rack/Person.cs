using System;
using System.Collections.Generic;
using System.Globalization;
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
            Kind = info.Kind;
            IsSelf = isSelf;
            Take(info);
        }

        /// <summary>Id of the client.</summary>
        public string Id { get; }

        /// <summary>What it calls itself; different people have different names.</summary>
        public string Name { get; private set; }

        /// <summary>Its colour, as #rrggbb.</summary>
        public string Color { get; private set; }

        /// <summary>What it is.</summary>
        public ClientKind Kind { get; }

        /// <summary>Whether it is this client.</summary>
        public bool IsSelf { get; }

        /// <summary>Hue of the colour, in degrees.</summary>
        public int Hue { get; private set; }

        /// <summary>Where the head is in the rack's space; null where it is not known.</summary>
        public RackPose? Head { get; private set; }

        /// <summary>Where the left hand is.</summary>
        public RackPose? Left { get; private set; }

        /// <summary>Where the right hand is.</summary>
        public RackPose? Right { get; private set; }

        /// <summary>What is held, as module, module/knob or module/jack.</summary>
        public IReadOnlyList<string> Holding => _holding;

        internal void Take(ClientInfo info)
        {
            Name = info.Name;
            Color = info.Color;
            Hue = HueOf(info.Color);
        }

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

        private static int HueOf(string color)
        {
            int mixed;
            if (color.Length != 7
                || !int.TryParse(color.Substring(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out mixed))
            {
                return 0;
            }
            int red = mixed >> 16;
            int green = (mixed >> 8) & 255;
            int blue = mixed & 255;
            double most = Math.Max(red, Math.Max(green, blue));
            double span = Math.Max(1, most - Math.Min(red, Math.Min(green, blue)));
            double sixth = most == red ? (green - blue) / span
                : most == green ? 2 + (blue - red) / span : 4 + (red - green) / span;
            return (int)Math.Round((sixth * 60 + 360) % 360);
        }
    }
}
