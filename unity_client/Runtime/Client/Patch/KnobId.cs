using System;

namespace SynthVR.Client
{
    /// <summary>One knob of one module of the patch.</summary>
    public readonly struct KnobId : IEquatable<KnobId>
    {
        /// <summary>From both ids.</summary>
        public KnobId(string module, string knob)
        {
            Module = module;
            Knob = knob;
        }

        /// <summary>Id of the module.</summary>
        public string Module { get; }

        /// <summary>Id of the knob within the module.</summary>
        public string Knob { get; }

        /// <inheritdoc/>
        public bool Equals(KnobId other) => Module == other.Module && Knob == other.Knob;

        /// <inheritdoc/>
        public override bool Equals(object other) => other is KnobId knob && Equals(knob);

        /// <inheritdoc/>
        public override int GetHashCode() => unchecked(Module.GetHashCode() * 31 + Knob.GetHashCode());

        /// <summary>As presence tells what is held: module/knob.</summary>
        public override string ToString() => Module + "/" + Knob;
    }
}
