using System.Collections.Generic;

namespace SynthVR.Interaction.Tests
{
    /// <summary>A few jacks 14 mm apart on a panel, and the cables between them.</summary>
    internal sealed class Rack : IPatchedCables
    {
        internal const int Saw = 0;
        internal const int Sine = 1;
        internal const int Audio = 2;
        internal const int Cv = 3;
        internal const int Far = 4;

        private readonly List<string> _joined = new List<string>();

        internal JackSpot[] Jacks { get; } =
        {
            Jack("osc", "saw", JackSide.Output, 0f),
            Jack("osc", "sine", JackSide.Output, 14f),
            Jack("amp", "audio", JackSide.Input, 100f),
            Jack("amp", "cv", JackSide.Input, 114f),
            Jack("osc", "fm", JackSide.Input, 300f),
        };

        public bool AreJoined(string fromModule, string fromJack, string toModule, string toJack)
        {
            foreach (string ends in _joined)
            {
                if (ends == fromModule + fromJack + toModule + toJack)
                {
                    return true;
                }
            }
            return false;
        }

        internal void Join(int from, int to)
        {
            _joined.Add(Jacks[from].Module + Jacks[from].Jack + Jacks[to].Module + Jacks[to].Jack);
        }

        /// <summary>A place so far before the panel.</summary>
        internal static Vec3 Hand(float x, float away) => new Vec3(x, 1200f, 500f - away);

        private static JackSpot Jack(string module, string jack, JackSide side, float x)
        {
            return new JackSpot(module, jack, side, new CableEnd(new Vec3(x, 1200f, 500f), new Vec3(0f, 0f, -1f)));
        }
    }
}
