using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>
    /// Levels as the eye wants them: a peak jumps up at once and falls slowly, so that a trigger of 1 ms is seen. Main
    /// thread; allocates nothing for modules that were measured before.
    /// </summary>
    public sealed class LevelMeters
    {
        private const double FallSeconds = 0.12; // to 1/e

        private readonly Dictionary<string, ModuleLevels> _modules = new Dictionary<string, ModuleLevels>();
        private readonly HashSet<string> _feedback = new HashSet<string>();
        private readonly List<string> _gone = new List<string>();
        private readonly Handlers<LevelMeters> _changed;
        private double _at;
        private long _taken;

        internal LevelMeters(LogOnce log)
        {
            _changed = new Handlers<LevelMeters>("LevelMeters.Changed", log);
        }

        /// <summary>
        /// New meters have come, about 30 times a second while they are listened to. Raised from Pump.
        /// </summary>
        public event Action<LevelMeters> Changed
        {
            add { _changed.Add(value); }
            remove { _changed.Remove(value); }
        }

        /// <summary>Share of a block's time that the engine takes, 0–1.</summary>
        public double Load { get; private set; }

        /// <summary>Blocks that missed their deadline since the engine started.</summary>
        public long LateBlocks { get; private set; }

        /// <summary>Blocks played since the engine started.</summary>
        public long Blocks { get; private set; }

        /// <summary>Level of a module's output, counted as in the catalogue.</summary>
        public Level Level(string module, int output)
        {
            ModuleLevels levels;
            return _modules.TryGetValue(module, out levels) ? levels.Output(output) : default(Level);
        }

        /// <summary>Share of one block's time that a module takes, 0–1.</summary>
        public double Cpu(string module)
        {
            ModuleLevels levels;
            return _modules.TryGetValue(module, out levels) ? levels.Cpu : 0;
        }

        /// <summary>Samples of a module that were NaN or infinite and became 0 V.</summary>
        public long NotFinite(string module)
        {
            ModuleLevels levels;
            return _modules.TryGetValue(module, out levels) ? levels.NotFinite : 0;
        }

        /// <summary>Whether a cable is heard one block late.</summary>
        public bool IsFeedback(string cable) => _feedback.Contains(cable);

        internal void Take(Meters meters, double now)
        {
            double fall = Math.Exp(-Math.Max(0, now - _at) / FallSeconds);
            _at = now;
            _taken++;
            Load = meters.Load;
            LateBlocks = meters.LateBlocks;
            Blocks = meters.Blocks;
            TakeModules(meters.Modules, fall);
            _feedback.Clear();
            for (int index = 0; index < meters.Feedback.Count; index++)
            {
                _feedback.Add(meters.Feedback[index]);
            }
            _changed.Raise(this);
        }

        internal void Clear()
        {
            Load = 0;
            LateBlocks = Blocks = 0;
            _modules.Clear();
            _feedback.Clear();
            _changed.Raise(this);
        }

        private void TakeModules(ReusedMap<ModuleMeter> modules, double fall)
        {
            for (int index = 0; index < modules.Count; index++)
            {
                ModuleLevels levels;
                if (!_modules.TryGetValue(modules.KeyAt(index), out levels))
                {
                    _modules[modules.KeyAt(index)] = levels = new ModuleLevels();
                }
                levels.Take(modules.ValueAt(index), fall, _taken);
            }
            if (_modules.Count > modules.Count)
            {
                ForgetMissing();
            }
        }

        private void ForgetMissing()
        {
            foreach (KeyValuePair<string, ModuleLevels> module in _modules)
            {
                if (module.Value.Seen != _taken)
                {
                    _gone.Add(module.Key);
                }
            }
            foreach (string module in _gone)
            {
                _modules.Remove(module);
            }
            _gone.Clear();
        }
    }
}
