using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// One cable: where it runs, and what shines in it. A tube of four sides and 20 rings: 80 corners, so that 60
    /// cables are under 5,000 and still look round at 3 mm.
    /// </summary>
    internal sealed class CableStrand
    {
        internal FlowLight Light;

        private const int Points = 20;
        private const int Sides = 4;
        private const float RadiusMm = 1.6f;
        private const float PlugRadiusMm = 2.6f;

        private static readonly Vec3 Down = new Vec3(0f, -1f, 0f);

        private readonly Vec3[] _points = new Vec3[Points];
        private readonly Rgb _jacket;
        private bool _isThere;

        internal CableStrand(string cable, string module, Kind kind, int output, in Rgb jacket)
        {
            Cable = cable;
            Module = module;
            Kind = kind;
            Output = output;
            _jacket = output < 0 ? new Rgb(0.8f, 0.8f, 0.8f) : jacket;
        }

        /// <summary>Id in the patch; null for one that is in a hand.</summary>
        internal string Cable { get; }

        /// <summary>The module that it comes from.</summary>
        internal string Module { get; }

        internal Kind Kind { get; }

        /// <summary>The output's place in the catalogue; −1 where it is not known.</summary>
        internal int Output { get; }

        internal void Hide() => _isThere = false;

        internal void Run(in CableEnd from, in CableEnd to, bool hangs)
        {
            _isThere = from.Position.IsFinite && to.Position.IsFinite;
            if (hangs)
            {
                CableCurve.Hanging(from, to, Down, _points, Points);
            }
            else
            {
                CableCurve.Straight(from, to, _points, Points);
            }
        }

        internal void Draw(Ink ink, float scale)
        {
            if (!_isThere)
            {
                return;
            }
            float bright = Output < 0 ? 0f : Light.Brightness(Kind);
            Rgb core = bright > 0f ? Light.Colour(Kind) : _jacket;
            Color32 lit = Ink.Colour(Rgb.Between(_jacket, core, 0.25f + 0.75f * bright));
            Color32 shaded = Color32.Lerp(Ink.Colour(Rgb.Between(_jacket, core, bright)), Ink.Grey(0), 0.4f);
            Vector3 aside = Vector3.right;
            for (int index = 0; index < Points; index++)
            {
                Vec3 before = _points[Mathf.Max(0, index - 1)];
                Vec3 after = _points[Mathf.Min(Points - 1, index + 1)];
                Vector3 way = RoomSpace.Metres(after - before).normalized;
                // Each ring follows from the one before, so that the tube does not twist where the cable turns.
                aside = (aside - Vector3.Dot(aside, way) * way).normalized;
                if (aside == Vector3.zero)
                {
                    aside = Vector3.Cross(way, Vector3.up).normalized;
                }
                bool isPlug = index < 2 || index > Points - 3;
                float radius = (isPlug ? PlugRadiusMm : RadiusMm) * scale * RoomSpace.MetresPerMm;
                Vector3 above = Vector3.Cross(way, aside);
                Ring(ink, RoomSpace.Metres(_points[index]), aside * radius, above * radius, lit, shaded);
            }
            int first = ink.Count - Points * Sides;
            for (int ring = 0; ring < Points - 1; ring++)
            {
                for (int side = 0; side < Sides; side++)
                {
                    int here = first + ring * Sides + side;
                    int next = first + ring * Sides + (side + 1) % Sides;
                    ink.Triangle(here, next, next + Sides);
                    ink.Triangle(here, next + Sides, here + Sides);
                }
            }
        }

        private static void Ring(Ink ink, Vector3 middle, Vector3 aside, Vector3 above, Color32 lit, Color32 shaded)
        {
            ink.Point(middle + aside, above.y > 0f ? shaded : lit);
            ink.Point(middle + above, above.y > 0f ? lit : shaded);
            ink.Point(middle - aside, above.y > 0f ? shaded : lit);
            ink.Point(middle - above, above.y > 0f ? shaded : lit);
        }
    }
}
