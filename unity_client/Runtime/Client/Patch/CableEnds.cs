using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>The two jacks that a cable joins: no two cables join the same.</summary>
    internal readonly struct CableEnds : IEquatable<CableEnds>
    {
        private readonly JackId _from;
        private readonly JackId _to;

        public CableEnds(JackId from, JackId to)
        {
            _from = from;
            _to = to;
        }

        public static CableEnds Of(Cable cable)
        {
            return new CableEnds(cable.From, cable.To);
        }

        public bool Equals(CableEnds other)
        {
            return _from.Module == other._from.Module && _from.Jack == other._from.Jack
                && _to.Module == other._to.Module && _to.Jack == other._to.Jack;
        }

        public override bool Equals(object other)
        {
            return other is CableEnds ends && Equals(ends);
        }

        public override int GetHashCode()
        {
            int from = unchecked(_from.Module.GetHashCode() * 31 + _from.Jack.GetHashCode());
            int to = unchecked(_to.Module.GetHashCode() * 31 + _to.Jack.GetHashCode());
            return unchecked(from * 961 + to);
        }
    }
}
