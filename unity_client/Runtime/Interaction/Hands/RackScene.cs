using System;
using System.Collections.Generic;

namespace SynthVR.Interaction
{
    /// <summary>
    /// Where all panels and jacks are, in the patch and in the player's room: what hands look through every frame. It
    /// allocates only when modules come. mm.
    /// </summary>
    public sealed class RackScene
    {
        private readonly Dictionary<string, int> _indices = new Dictionary<string, int>();
        private string[] _ids = new string[16];
        private PanelLayout[] _layouts = new PanelLayout[16];
        private int[] _firstJacks = new int[16];
        private HungPanel[] _inPatch = new HungPanel[16];
        private HungPanel[] _inRoom = new HungPanel[16];
        private JackSpot[] _jacks = new JackSpot[64];

        /// <summary>Where the rack stands in the room.</summary>
        public RackPlacement Placement { get; private set; } = RackPlacement.Identity;

        /// <summary>How many panels there are.</summary>
        public int Count { get; private set; }

        /// <summary>How many jacks there are.</summary>
        public int JackCount { get; private set; }

        /// <summary>Another number whenever anything has come, gone or moved.</summary>
        public int Version { get; private set; }

        /// <summary>The panels in the room; only the first <see cref="Count"/>. Do not change them.</summary>
        public HungPanel[] Panels => _inRoom;

        /// <summary>The panels in the patch's space; only the first <see cref="Count"/>. Do not change them.</summary>
        public HungPanel[] PatchPanels => _inPatch;

        /// <summary>The jacks in the room; only the first <see cref="JackCount"/>. Do not change them.</summary>
        public JackSpot[] Jacks => _jacks;

        /// <summary>Id of the module of a panel.</summary>
        public string IdOf(int panel) => _ids[panel];

        /// <summary>What is where on a panel.</summary>
        public PanelLayout LayoutOf(int panel) => _layouts[panel];

        /// <summary>The panel of a module; −1 for none.</summary>
        public int Find(string module) => _indices.TryGetValue(module, out int panel) ? panel : -1;

        /// <summary>A control's pose in the room: its centre, turned as its panel is.</summary>
        public Pose3 ControlPose(int panel, int control)
        {
            PanelArea body = _layouts[panel].Controls[control].Body;
            return _inRoom[panel].PoseAt(body.X * Placement.Scale, body.Y * Placement.Scale);
        }

        /// <summary>The jack that a control is, as its index in <see cref="Jacks"/>; −1 where it is none.</summary>
        public int JackOf(int panel, int control)
        {
            PlacedControl[] controls = _layouts[panel].Controls;
            return controls[control].IsJack ? _firstJacks[panel] + control - KnobsOf(controls) : -1;
        }

        /// <summary>The jack of an id, as its index in <see cref="Jacks"/>; −1 for none.</summary>
        public int FindJack(string module, string jack, JackSide side)
        {
            int panel = Find(module);
            int last = panel < 0 ? 0 : panel + 1 < Count ? _firstJacks[panel + 1] : JackCount;
            for (int index = panel < 0 ? 0 : _firstJacks[panel]; index < last; index++)
            {
                if (_jacks[index].Side == side && string.Equals(_jacks[index].Jack, jack, StringComparison.Ordinal))
                {
                    return index;
                }
            }
            return -1;
        }

        /// <summary>A module has come, or has another panel.</summary>
        public void Put(string module, PanelLayout layout, in Pose3 pose)
        {
            int panel = Find(module);
            if (panel < 0)
            {
                panel = Count++;
                Grow();
                _indices[module] = panel;
                _ids[panel] = module;
            }
            _layouts[panel] = layout;
            _inPatch[panel] = new HungPanel(pose, layout.Width, layout.Height);
            LayJacks(panel);
        }

        /// <summary>A module hangs somewhere else; does nothing for one that is not there.</summary>
        public void Move(string module, in Pose3 pose)
        {
            int panel = Find(module);
            if (panel >= 0)
            {
                _inPatch[panel] = new HungPanel(pose, _layouts[panel].Width, _layouts[panel].Height);
                Hang(panel);
                Version++;
            }
        }

        /// <summary>A module has gone.</summary>
        public void Remove(string module)
        {
            int gone = Find(module);
            if (gone < 0)
            {
                return;
            }
            _indices.Remove(module);
            Count--;
            for (int panel = gone; panel < Count; panel++)
            {
                _ids[panel] = _ids[panel + 1];
                _layouts[panel] = _layouts[panel + 1];
                _inPatch[panel] = _inPatch[panel + 1];
                _indices[_ids[panel]] = panel;
            }
            LayJacks(gone);
        }

        /// <summary>The rack stands somewhere else in the room.</summary>
        public void Place(in RackPlacement placement)
        {
            Placement = placement;
            for (int panel = 0; panel < Count; panel++)
            {
                Hang(panel);
            }
            Version++;
        }

        private static int KnobsOf(PlacedControl[] controls)
        {
            int count = 0;
            while (count < controls.Length && !controls[count].IsJack)
            {
                count++;
            }
            return count;
        }

        /// <summary>Counts the jacks anew from a panel on: a panel before them has others than before.</summary>
        private void LayJacks(int from)
        {
            JackCount = from == 0 ? 0 : _firstJacks[from - 1] + JacksOf(from - 1);
            for (int panel = from; panel < Count; panel++)
            {
                _firstJacks[panel] = JackCount;
                JackCount += JacksOf(panel);
                if (JackCount > _jacks.Length)
                {
                    Array.Resize(ref _jacks, 2 * JackCount);
                }
                Hang(panel);
            }
            Version++;
        }

        private int JacksOf(int panel) => _layouts[panel].Controls.Length - KnobsOf(_layouts[panel].Controls);

        private void Hang(int panel)
        {
            HungPanel inPatch = _inPatch[panel];
            float scale = Placement.Scale;
            HungPanel inRoom =
                new HungPanel(Placement.ToRoom(inPatch.Pose), inPatch.Width * scale, inPatch.Height * scale);
            _inRoom[panel] = inRoom;
            PlacedControl[] controls = _layouts[panel].Controls;
            Vec3 outward = inRoom.Pose.Out;
            int jack = _firstJacks[panel];
            for (int control = KnobsOf(controls); control < controls.Length; control++, jack++)
            {
                PanelArea body = controls[control].Body;
                JackSide side = controls[control].Kind == ControlKind.Input ? JackSide.Input : JackSide.Output;
                var end = new CableEnd(inRoom.At(body.X * scale, body.Y * scale), outward);
                _jacks[jack] = new JackSpot(_ids[panel], controls[control].Id, side, end);
            }
        }

        private void Grow()
        {
            if (Count > _ids.Length)
            {
                int size = 2 * Count;
                Array.Resize(ref _ids, size);
                Array.Resize(ref _layouts, size);
                Array.Resize(ref _firstJacks, size);
                Array.Resize(ref _inPatch, size);
                Array.Resize(ref _inRoom, size);
            }
        }
    }
}
