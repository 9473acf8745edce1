using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class LevelMetersTest
    {
        private readonly ReusedMap<ModuleMeter> _modules = new ReusedMap<ModuleMeter>();
        private readonly LevelMeters _meters = new LevelMeters(new LogOnce(null));

        [Test]
        public void APeakJumpsUpAtOnceAndFallsSlowly()
        {
            _meters.Take(Meters(-1, 10), 0);
            Assert.That(_meters.Level("osc", 0).Up, Is.EqualTo(10));
            Assert.That(_meters.Level("osc", 0).Down, Is.EqualTo(-1));
            _meters.Take(Meters(0, 0), 0.12);
            Assert.That(_meters.Level("osc", 0).Peak, Is.EqualTo(10 / 2.71828).Within(0.01));
            _meters.Take(Meters(0, 0), 2);
            Assert.That(_meters.Level("osc", 0).Peak, Is.LessThan(0.001));
        }

        [Test]
        public void AModuleThatIsGoneIsForgotten()
        {
            _meters.Take(Meters(-5, 5), 0);
            _modules.Clear();
            _meters.Take(new Meters(0, 0.5, 1, 2, _modules, new List<string> { "c" }, 0, 0, 0), 0.1);
            Assert.That(_meters.Level("osc", 0).Peak, Is.EqualTo(0));
            Assert.That(_meters.Load, Is.EqualTo(0.5));
            Assert.That(_meters.IsFeedback("c"), Is.True);
            Assert.That(_meters.IsFeedback("d"), Is.False);
        }

        [Test]
        public void WhatNobodyMeasuresIsSilent()
        {
            _meters.Take(Meters(-5, 5), 0);
            Assert.That(_meters.Level("nowhere", 0).Peak, Is.EqualTo(0));
            Assert.That(_meters.Level("osc", 7).Peak, Is.EqualTo(0));
            Assert.That(_meters.Level("osc", -1).Peak, Is.EqualTo(0));
            Assert.That(_meters.Cpu("nowhere"), Is.EqualTo(0));
        }

        [Test]
        public void AllocatesNothing()
        {
            Meters meters = Meters(-5, 5);
            double now = 0;
            Allocations.AssertNone(() => _meters.Take(meters, now += 0.03));
        }

        private Meters Meters(double lowest, double highest)
        {
            var writer = new MessagePackWriter();
            writer.WriteMapHeader(7);
            writer.WriteText("type");
            writer.WriteText("meters");
            writer.WriteText("sample_time");
            writer.WriteInteger(1);
            writer.WriteText("load");
            writer.WriteNumber(0.25);
            writer.WriteText("late_blocks");
            writer.WriteInteger(0);
            writer.WriteText("blocks");
            writer.WriteInteger(9);
            writer.WriteText("modules");
            writer.WriteMapHeader(1);
            writer.WriteText("osc");
            new ModuleMeter(0.1, new List<VoltRange> { new VoltRange(lowest, highest) }, 0).Write(writer);
            writer.WriteText("feedback");
            writer.WriteArrayHeader(0);
            return (Meters)new ServerMessageReader().Read(writer.Written, out string unfamiliar);
        }
    }
}
