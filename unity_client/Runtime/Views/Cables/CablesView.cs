using System;
using System.Collections.Generic;
using SynthVR.Client;
using SynthVR.Interaction;
using SynthVR.Protocol;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>
    /// All cables as one mesh, in the room: those of the patch, and those in hands. They shine with what flows through
    /// them. The curves are reckoned anew only when something has moved; the colours change with the meters.
    /// </summary>
    public sealed class CablesView : MonoBehaviour
    {
        private readonly List<CableStrand> _strands = new List<CableStrand>();
        private readonly CableStrand _left = new CableStrand(null, "", Kind.Unknown, -1, default(Rgb));
        private readonly CableStrand _right = new CableStrand(null, "", Kind.Unknown, -1, default(Rgb));
        private readonly Ink _ink = new Ink();
        private RackClient _client;
        private RackScene _scene;
        private Mesh _mesh;
        private int _seen = -1;

        /// <summary>Cables hang; else they are drawn straight.</summary>
        public bool Hangs { get; set; } = true;

        internal void Begin(RackClient client, RackScene scene, Paint paint)
        {
            _client = client;
            _scene = scene;
            _mesh = paint.Show(gameObject);
            client.Patch.CablePlugged += Plug;
            client.Patch.CableUnplugged += Unplug;
            client.Meters.Changed += TakeLevels;
        }

        /// <summary>Must be called when <see cref="Hangs"/> has changed.</summary>
        internal void Restyle() => _seen = -1;

        internal void Draw(RackHand left, RackHand right, float seconds)
        {
            bool hasMoved = _seen != _scene.Version;
            _seen = _scene.Version;
            _ink.Clear();
            foreach (CableStrand strand in _strands)
            {
                if (hasMoved)
                {
                    Run(strand);
                }
                strand.Light.Fall(seconds);
                if (strand.Cable != left.Cable.Taken && strand.Cable != right.Cable.Taken)
                {
                    strand.Draw(_ink, _scene.Placement.Scale);
                }
            }
            Draw(_left, left);
            Draw(_right, right);
            _ink.Upload(_mesh);
        }

        private void Draw(CableStrand strand, RackHand hand)
        {
            if (hand.Hold != HandHold.Cable || !hand.Cable.IsHeld)
            {
                return;
            }
            CableEnd plugged = hand.Cable.Fixed.End;
            bool isOutput = hand.Cable.Fixed.Side == JackSide.Output;
            strand.Run(isOutput ? plugged : hand.Cable.Loose, isOutput ? hand.Cable.Loose : plugged, Hangs);
            strand.Draw(_ink, _scene.Placement.Scale);
        }

        /// <summary>A cable whose jack is not there, as a ghost's may be, is not drawn.</summary>
        private void Run(CableStrand strand)
        {
            Cable cable;
            int from = -1;
            int to = -1;
            if (_client.Patch.Cables.TryGetValue(strand.Cable, out cable))
            {
                from = _scene.FindJack(cable.From.Module, cable.From.Jack, JackSide.Output);
                to = _scene.FindJack(cable.To.Module, cable.To.Jack, JackSide.Input);
            }
            if (from >= 0 && to >= 0)
            {
                strand.Run(_scene.Jacks[from].End, _scene.Jacks[to].End, Hangs);
            }
            else
            {
                strand.Hide();
            }
        }

        private void Plug(CableEntry entry)
        {
            Unplug(entry);
            ModuleInfo info = _client.Info(entry.Cable.From.Module);
            Kind kind = Kind.Unknown;
            int output = -1;
            for (int index = 0; info != null && index < info.Outputs.Count; index++)
            {
                if (info.Outputs[index].Id == entry.Cable.From.Jack)
                {
                    kind = info.Outputs[index].Kind;
                    output = index;
                }
            }
            Rgb jacket = Rgb.TryParse(entry.Cable.Color, out Rgb own) ? own : KindColour.Of(kind);
            _strands.Add(new CableStrand(entry.Id, entry.Cable.From.Module, kind, output, jacket));
            _seen = -1;
        }

        private void Unplug(CableEntry entry)
        {
            for (int index = _strands.Count - 1; index >= 0; index--)
            {
                if (_strands[index].Cable == entry.Id)
                {
                    _strands.RemoveAt(index);
                }
            }
        }

        private void TakeLevels(LevelMeters meters)
        {
            foreach (CableStrand strand in _strands)
            {
                if (strand.Output >= 0)
                {
                    Level level = meters.Level(strand.Module, strand.Output);
                    strand.Light.Take(new VoltRange(level.Down, level.Up), strand.Kind);
                }
            }
        }
    }
}
