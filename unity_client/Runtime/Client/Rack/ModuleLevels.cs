using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>What is measured of one module.</summary>
    internal sealed class ModuleLevels
    {
        private readonly List<Level> _outputs = new List<Level>();

        public double Cpu { get; private set; }

        public long NotFinite { get; private set; }

        /// <summary>Counts the meters, to tell what is in the newest.</summary>
        public long Seen { get; private set; }

        public Level Output(int index)
        {
            return index >= 0 && index < _outputs.Count ? _outputs[index] : default(Level);
        }

        public void Take(ModuleMeter meter, double fall, long seen)
        {
            Cpu = meter.Cpu;
            NotFinite = meter.NotFinite;
            Seen = seen;
            while (_outputs.Count < meter.Levels.Count)
            {
                _outputs.Add(default(Level));
            }
            for (int output = 0; output < meter.Levels.Count; output++)
            {
                VoltRange range = meter.Levels[output];
                _outputs[output] = _outputs[output].After(fall, range.Lowest, range.Highest);
            }
        }
    }
}
