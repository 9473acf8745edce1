using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class KnobsTest
    {
        private static readonly KnobId Pitch = new KnobId("osc", "pitch");

        private FakeServer _server;
        private Rig _ada;
        private Rig _bob;

        [SetUp]
        public void TwoPeopleAndAnOscillator()
        {
            _server = new FakeServer(new FakeTime());
            _server.Edit("", Cause.Edit, Rig.Add("osc"));
            _ada = new Rig(_server).Connect();
            _bob = new Rig(_server).Connect();
            Both(2);
        }

        [Test]
        public void OfManyTurnsInAFrameTheNewestIsSent()
        {
            _ada.Client.Hands.Grab(Pitch);
            for (int turn = 1; turn <= 10; turn++)
            {
                _ada.Client.Hands.Turn(Pitch, 0.1 * turn);
            }
            Both(2);
            List<IClientMessage> turns = _server.Heard.FindAll(message => message is Turn);
            Assert.That(turns.Count, Is.EqualTo(1));
            Assert.That(((Turn)turns[0]).Value, Is.EqualTo(1.0));
            Assert.That(_ada.Client.Knobs.Value(Pitch), Is.EqualTo(1.0));
            Assert.That(_bob.Client.Knobs.Value(Pitch), Is.EqualTo(1.0));
            Assert.That(_bob.Client.Knobs.Holder(Pitch), Is.EqualTo(_ada.Client.Id));
        }

        [Test]
        public void AKnobThatSomebodyHoldsCannotBeGrabbed()
        {
            _ada.Client.Hands.Grab(Pitch);
            Both(2);
            Assert.That(_bob.Client.Hands.Grab(Pitch), Is.False);
            _ada.Client.Hands.Release(Pitch);
            Both(2);
            Assert.That(_bob.Client.Hands.Grab(Pitch), Is.True);
        }

        [Test]
        public void WhoeverIsSlowerSlipsOff()
        {
            var lost = new List<KnobId>();
            _bob.Client.Hands.Lost += lost.Add;
            _ada.Client.Hands.Grab(Pitch);
            _ada.Client.Hands.Turn(Pitch, 2);
            _ada.Client.Flush();
            _server.Process(_ada.Socket);
            _bob.Client.Hands.Grab(Pitch);
            _bob.Client.Hands.Turn(Pitch, -3);
            Assert.That(_bob.Client.Knobs.Value(Pitch), Is.EqualTo(-3), "shown before the answer");
            Both(60);
            Assert.That(lost, Is.EqualTo(new[] { Pitch }));
            Assert.That(_bob.Client.Hands.IsHeld(Pitch), Is.False);
            Assert.That(_bob.Client.Knobs.Value(Pitch), Is.EqualTo(2));
            Assert.That(_bob.Told, Is.Empty);
        }

        [Test]
        public void AReleasedKnobIsPartOfThePatch()
        {
            TurnTo(_ada, 2.5);
            _ada.Client.Hands.Release(Pitch);
            Both(2);
            Assert.That(_server.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(2.5));
            Assert.That(_bob.Client.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(2.5));
            Assert.That(_server.History.Count, Is.EqualTo(2), "one revision for the whole gesture");
        }

        [Test]
        public void OurOwnValueWinsForHalfASecondAfterLettingGo()
        {
            TurnTo(_ada, 2);
            _ada.Client.Hands.Release(Pitch);
            Both(2);
            _server.Edit("somebody", Cause.Edit, new SetKnob("osc", "pitch", -2));
            Both(30);
            Assert.That(_ada.Client.Knobs.Value(Pitch), Is.EqualTo(2), "0.42 s later");
            double before = 2;
            int steps = 0;
            for (int frame = 0; frame < 60; frame++)
            {
                Both(1);
                double now = _ada.Client.Knobs.Value(Pitch);
                Assert.That(now, Is.LessThanOrEqualTo(before));
                steps += now < before ? 1 : 0;
                before = now;
            }
            Assert.That(before, Is.EqualTo(-2));
            Assert.That(steps, Is.GreaterThan(8), "it glides");
        }

        [Test]
        public void AnothersTurnThatIsTakenBackGoesBackToThePatch()
        {
            TurnTo(_ada, 3);
            _server.Edit("somebody", Cause.Undo, new SetKnob("osc", "pitch", 0.5));
            Both(40);
            Assert.That(_bob.Client.Knobs.Value(Pitch), Is.EqualTo(0.5));
            Assert.That(_ada.Client.Knobs.Value(Pitch), Is.EqualTo(3), "the hand is still on it");
        }

        [Test]
        public void AHandStaysOnItsKnobThroughALostConnection()
        {
            TurnTo(_ada, 2);
            _ada.Cut();
            _ada.Client.Hands.Turn(Pitch, 4);
            _ada.FramesAlone(2);
            Assert.That(_ada.Client.Knobs.Value(Pitch), Is.EqualTo(4));
            _ada.ComeBack();
            Both(3);
            Assert.That(_ada.Client.Hands.IsHeld(Pitch), Is.True);
            Assert.That(_bob.Client.Knobs.Value(Pitch), Is.EqualTo(4));
            _ada.Client.Hands.Release(Pitch);
            Both(3);
            Assert.That(_server.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(4));
        }

        [Test]
        public void WhileTheLostConnectionStillHoldsTheKnobOurHandWaitsForIt()
        {
            TurnTo(_ada, 2);
            FakeSocket lost = _ada.Cut(isNoticed: false);
            _ada.Client.Hands.Turn(Pitch, 4);
            _ada.ComeBackBeside(lost);
            _ada.FramesBeside(lost, 5);
            Assert.That(_ada.Client.Hands.IsHeld(Pitch), Is.True);
            _server.Leave(lost);
            _ada.Frames(4);
            Assert.That(_ada.Client.Hands.IsHeld(Pitch), Is.True);
            _ada.Client.Hands.Release(Pitch);
            _ada.Frames(3);
            Assert.That(_server.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(4));
        }

        [Test]
        public void AKnobLetGoOfWithoutAConnectionStaysWhereItWasTurned()
        {
            TurnTo(_ada, 2);
            _ada.Cut();
            _ada.Client.Hands.Turn(Pitch, 4);
            _ada.Client.Hands.Release(Pitch);
            _ada.ComeBack();
            Both(3);
            Assert.That(_server.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(4));
            Assert.That(_ada.Client.Patch.Fingerprint, Is.EqualTo(_server.Fingerprint));
        }

        [Test]
        public void AReleaseThatGotLostIsMadeGood()
        {
            TurnTo(_ada, 2);
            _ada.Client.Hands.Turn(Pitch, 4);
            _ada.Client.Hands.Release(Pitch);
            _ada.Socket.LoseSent();
            _ada.Cut();
            _ada.ComeBack();
            Both(3);
            Assert.That(_server.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(4));
        }

        [Test]
        public void AReleaseThatWasHeardIsNotMadeTwice()
        {
            TurnTo(_ada, 2);
            _ada.Client.Hands.Release(Pitch);
            _server.Process(_ada.Socket);
            _ada.Cut();
            _server.Edit("somebody", Cause.Edit, new SetKnob("osc", "pitch", -1));
            _ada.ComeBack();
            Both(3);
            Assert.That(_server.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(-1));
        }

        [Test]
        public void WhoeverHoldsAKnobOfARemovedModuleHoldsNothing()
        {
            var lost = new List<KnobId>();
            _ada.Client.Hands.Lost += lost.Add;
            TurnTo(_ada, 2);
            _bob.Client.Editor.Edit(new RemoveModule("osc"));
            Both(3);
            Assert.That(lost, Is.EqualTo(new[] { Pitch }));
            Assert.That(_ada.Client.Knobs.Value(Pitch), Is.EqualTo(0));
        }

        [Test]
        public void WhoeverLeavesHoldsNothing()
        {
            TurnTo(_ada, 2);
            _ada.Cut();
            Both(2);
            Assert.That(_bob.Client.Knobs.Holder(Pitch), Is.Null);
            Assert.That(_bob.Client.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(2));
        }

        [Test]
        public void TurningAKnobAllocatesNothing()
        {
            var socket = new SilentSocket();
            var wire = new Wire();
            wire.Attach(socket, true);
            var log = new LogOnce(null);
            var patch = new PatchState(log);
            var values = new KnobValues(patch, type => null, log);
            var hands = new KnobHands(wire, values, new FakeTime(), set => { }, id => false, log);
            hands.Grab(Pitch);
            double value = 0;
            Allocations.AssertNone(() =>
            {
                value += 0.001;
                hands.Turn(Pitch, value);
                hands.Flush();
            });
            Assert.That(socket.Frames, Is.GreaterThan(1000));
        }

        [Test]
        public void SeeingAnotherTurnAKnobAllocatesNothing()
        {
            TurnTo(_ada, 2);
            var writer = new MessagePackWriter();
            var turned = new List<TurnedKnob> { new TurnedKnob("osc", "pitch", 1, _ada.Client.Id) };
            new Turns(turned).Write(writer);
            double shown = 0;
            _bob.Client.Knobs.Changed += knob => shown = _bob.Client.Knobs.Value(knob);
            Allocations.AssertNone(() =>
            {
                _bob.Socket.Hear(writer.Written);
                _bob.Client.Pump();
            });
            Assert.That(shown, Is.EqualTo(1));
        }

        private void TurnTo(Rig rig, double value)
        {
            Assert.That(rig.Client.Hands.Grab(Pitch), Is.True);
            rig.Client.Hands.Turn(Pitch, value);
            Both(2);
        }

        private void Both(int frames)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                _bob.Client.Pump();
                _bob.Client.Flush();
                _ada.Frame();
            }
            _ada.Client.Pump();
            _bob.Client.Pump();
        }

        [Test]
        public void WhatThePatchDoesNotHaveIsNeitherTurnedNorHeldNorBroken()
        {
            foreach (KnobId nowhere in new[] { new KnobId("nowhere", "pitch"), new KnobId("osc", "nothing") })
            {
                _server.TellAll(new Hold(nowhere.Module, nowhere.Knob, "client-9"));
                _server.TellAll(new Turns(new List<TurnedKnob>
                {
                    new TurnedKnob(nowhere.Module, nowhere.Knob, 3, "client-9"),
                    new TurnedKnob("osc", "pitch", 3, "client-9")
                }));
                Both(2);
                Assert.That(_ada.Client.Knobs.Value(nowhere), Is.EqualTo(0));
                Assert.That(_ada.Client.Knobs.Holder(nowhere), Is.Null);
                Assert.That(_ada.Client.Knobs.Value(Pitch), Is.EqualTo(3));
            }
            _server.TellAll(new ModuleFailed("nowhere", "It broke."));
            _server.TellAll(new ModuleFailed("osc", "It broke, too."));
            Both(2);
            Assert.That(_ada.Client.Server.Failures.Keys, Is.EquivalentTo(new[] { "osc" }));
            Assert.That(_ada.Told.Count, Is.EqualTo(1));
        }
    }
}
