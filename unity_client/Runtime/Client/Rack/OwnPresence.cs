using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>Where our head and hands are, for the others. Main thread; allocates nothing.</summary>
    public sealed class OwnPresence
    {
        private readonly Wire _wire;
        private Presence _presence;
        private bool _isUnsent;

        internal OwnPresence(Wire wire)
        {
            _wire = wire;
        }

        /// <summary>
        /// Poses in the rack's space, null for what is not known; sent with the next flush, and the newest counts.
        /// <paramref name="holding"/> (module, module/knob or module/jack; 4 at most) must stay as it is until then.
        /// </summary>
        public void Set(RackPose? head, RackPose? left, RackPose? right, IReadOnlyList<string> holding)
        {
            _presence = new Presence(head, left, right, holding);
            _isUnsent = true;
        }

        internal void Flush()
        {
            if (_isUnsent && _wire.Send(_presence))
            {
                _isUnsent = false;
            }
        }
    }
}
