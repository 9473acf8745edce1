using System;
using System.Collections.Generic;

namespace SynthVR.Interaction
{
    /// <summary>
    /// What somebody else holds, by the name that presence tells: taken apart once, then found every frame.
    /// </summary>
    public sealed class PersonHold
    {
        private string _name;
        private string _module;
        private string _control;

        /// <summary>Takes what is held: module, module/knob or module/jack; only the first counts.</summary>
        public void Look(IReadOnlyList<string> holding)
        {
            string name = holding.Count > 0 ? holding[0] : null;
            if (string.Equals(name, _name, StringComparison.Ordinal))
            {
                return;
            }
            _name = name;
            int slash = name == null ? -1 : name.IndexOf('/');
            _module = slash < 0 ? name : name.Substring(0, slash);
            _control = slash < 0 ? null : name.Substring(slash + 1);
        }

        /// <summary>Where it is in the room, mm; false where nothing is held, or it is not here.</summary>
        public bool TryFind(RackScene scene, out Vec3 place)
        {
            int panel = _module == null ? -1 : scene.Find(_module);
            place = Vec3.Zero;
            if (panel < 0)
            {
                return false;
            }
            int control = _control == null ? -1 : scene.LayoutOf(panel).Find(_control);
            place = control < 0 ? scene.Panels[panel].Pose.Position : scene.ControlPose(panel, control).Position;
            return true;
        }
    }
}
