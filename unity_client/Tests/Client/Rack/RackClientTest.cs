using System;
using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class RackClientTest
    {
        [Test]
        public void EntersWithThePatchTheCatalogueAndThePeople()
        {
            var rig = new Rig();
            rig.Server.Edit("", Cause.Edit, Rig.Add("osc"), new Describe("Night", "Slow."));
            rig.Connect();
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
            Assert.That(rig.Socket.Subprotocol, Is.EqualTo("synthvr.v1.msgpack"));
            Assert.That(rig.Client.Patch.Modules["osc"].Type, Is.EqualTo("vco"));
            Assert.That(rig.Client.Patch.Title, Is.EqualTo("Night"));
            Assert.That(rig.Client.Patch.Fingerprint, Is.EqualTo(rig.Server.Fingerprint));
            Assert.That(rig.Client.Info("osc").Title, Is.EqualTo("VCO"));
            Assert.That(rig.Client.People.All[0].IsSelf, Is.True);
            Assert.That(rig.Client.Knobs.Value(new KnobId("osc", "pitch")), Is.EqualTo(1), "the default");
        }

        [Test]
        public void AnEditIsShownAtOnceAndConfirmedLater()
        {
            Rig rig = new Rig().Connect();
            var replies = new List<Reply>();
            rig.Client.Editor.Edit(replies.Add, Rig.Add("osc"), Rig.Add("amp", "vca"), Rig.Plug("c", "osc", "amp"));
            Assert.That(rig.Client.Patch.Modules.Count, Is.EqualTo(2));
            Assert.That(rig.Client.Patch.CablesOf("amp"), Is.EqualTo(new[] { "c" }));
            Assert.That(rig.Client.Patch.IsConfirmed, Is.False);
            rig.Frames(2);
            Assert.That(rig.Client.Patch.IsConfirmed, Is.True);
            Assert.That(replies[0].IsDone, Is.True);
            Assert.That(replies[0].Revision, Is.EqualTo(1));
            Assert.That(rig.Client.Patch.Fingerprint, Is.EqualTo(rig.Server.Fingerprint));
        }

        [Test]
        public void ARejectedEditIsTakenBackAndOthersStay()
        {
            Rig rig = new Rig().Connect();
            rig.Server.Edit("somebody", Cause.Edit, Rig.Add("osc"));
            rig.Client.Editor.Edit(Rig.Add("osc", "vca")); // at the same time
            rig.Client.Editor.Edit(Rig.Add("amp", "vca"));
            Assert.That(rig.Client.Patch.Modules["osc"].Type, Is.EqualTo("vca"));
            rig.Frames(2);
            Assert.That(rig.Client.Patch.Modules["osc"].Type, Is.EqualTo("vco"));
            Assert.That(rig.Client.Patch.Modules.ContainsKey("amp"), Is.True);
            Assert.That(rig.Told[0].Code, Is.EqualTo(RejectionCode.DuplicateId));
            Assert.That(rig.Client.Patch.Fingerprint, Is.EqualTo(rig.Server.Fingerprint));
            Assert.That(rig.Client.Server.Divergences, Is.EqualTo(0));
        }

        [Test]
        public void WhatIsNotKeptIsKnownUntilItIsAgain()
        {
            Rig rig = new Rig().Connect();
            Assert.That(rig.Client.Server.NotKept, Is.Null);
            rig.Server.TellAll(new Keeping(KeepingState.NotKept, "The disk is full."));
            rig.Frames(2);
            Assert.That(rig.Client.Server.NotKept, Is.EqualTo("The disk is full."));
            Assert.That(rig.Told[0].Sentence, Is.EqualTo("The disk is full."));
            rig.Server.TellAll(new Keeping(KeepingState.Kept, "It is kept again."));
            rig.Frames(2);
            Assert.That(rig.Client.Server.NotKept, Is.Null);
        }

        [Test]
        public void AnEditThatOthersHaveNotYetSeenIsNoEventTwice()
        {
            Rig rig = new Rig().Connect();
            var events = new List<string>();
            rig.Client.Patch.ModuleAdded += entry => events.Add("+" + entry.Id);
            rig.Client.Patch.ModuleRemoved += id => events.Add("-" + id);
            rig.Client.Patch.ModuleMoved += entry => events.Add("~" + entry.Id);
            rig.Client.Editor.Edit(Rig.Add("osc"));
            rig.Client.Pump();
            rig.Server.Edit("somebody", Cause.Edit, Rig.Add("amp", "vca"));
            rig.Frames(3);
            Assert.That(events, Is.EquivalentTo(new[] { "+osc", "+amp" }));
            rig.Client.Editor.Edit(new MoveModule("osc", new Vector(1, 2, 3)));
            rig.Frames(3);
            Assert.That(events[2], Is.EqualTo("~osc"));
            Assert.That(events.Count, Is.EqualTo(3));
        }

        [Test]
        public void CablesGoBeforeTheirModuleAndComeAfterIt()
        {
            Rig rig = new Rig().Connect();
            var events = new List<string>();
            rig.Client.Patch.ModuleAdded += entry => events.Add("+" + entry.Id);
            rig.Client.Patch.ModuleRemoved += id => events.Add("-" + id);
            rig.Client.Patch.CablePlugged += entry => events.Add("+" + entry.Id);
            rig.Client.Patch.CableUnplugged += entry => events.Add("-" + entry.Id);
            rig.Server.Edit("", Cause.Edit, Rig.Add("osc"), Rig.Add("amp", "vca"), Rig.Plug("c", "osc", "amp"));
            rig.Frames(2);
            rig.Server.Edit("", Cause.Edit, new RemoveModule("osc"));
            rig.Frames(2);
            Assert.That(events, Is.EqualTo(new[] { "+osc", "+amp", "+c", "-c", "-osc" }));
        }

        [Test]
        public void AFingerprintThatDiffersFetchesThePatchAgain()
        {
            Rig rig = new Rig().Connect();
            rig.Server.Edit("", Cause.Edit, Rig.Add("osc"));
            rig.Frames(2);
            rig.Server.TellAll(
                new Batch(2, "", Cause.Edit, new Command[] { Rig.Add("ghost") }, "0123456789abcdef", ""));
            rig.Frames(2);
            Assert.That(rig.Client.Server.Divergences, Is.EqualTo(1));
            rig.ComeBack();
            Assert.That(((Hello)rig.Server.Heard.FindLast(message => message is Hello)).Resume, Is.Null);
            Assert.That(rig.Client.Patch.Modules.Keys, Is.EqualTo(new[] { "osc" }));
        }

        [Test]
        public void AskingTheLibraryIsAnsweredOnce()
        {
            Rig rig = new Rig().Connect();
            var replies = new List<Reply>();
            rig.Client.Library.List(replies.Add);
            rig.Frames(2);
            Assert.That(replies[0].Patches, Is.Empty);
            rig.Client.Library.List(replies.Add);
            rig.FramesAlone(1);
            rig.Time.Pass(11);
            rig.Client.Pump();
            Assert.That(replies[1].Code, Is.EqualTo(Reply.TimedOut).Or.EqualTo(Reply.Disconnected));
            rig.Frames(2);
            Assert.That(replies.Count, Is.EqualTo(2));
        }

        [Test]
        public void WithoutAConnectionRequestsFailAtOnceAndEditsWait()
        {
            var rig = new Rig();
            var replies = new List<Reply>();
            rig.Client.Editor.Undo(replies.Add);
            rig.Client.Library.Load("Night", replies.Add);
            Assert.That(replies.ConvertAll(reply => reply.Code), Is.All.EqualTo(Reply.NotConnected));
            rig.Client.Editor.Edit(replies.Add, Rig.Add("osc"));
            rig.Connect();
            Assert.That(replies[2].IsDone, Is.True);
            Assert.That(rig.Server.Patch.Modules.ContainsKey("osc"), Is.True);
        }

        [Test]
        public void AHandlerThatThrowsStopsNobody()
        {
            Rig rig = new Rig().Connect();
            int heard = 0;
            rig.Client.Patch.ModuleAdded += entry => throw new InvalidOperationException("Broken view.");
            rig.Client.Patch.ModuleAdded += entry => heard++;
            rig.Server.Edit("", Cause.Edit, Rig.Add("osc"));
            Assert.DoesNotThrow(() => rig.Frames(2));
            Assert.That(heard, Is.EqualTo(1));
            StringAssert.Contains("Broken view.", rig.Log[0]);
            Assert.That(rig.Client.Connection.State, Is.EqualTo(ConnectionState.Open));
        }

        [Test]
        public void StreamsAreAskedForAgainAfterAReconnect()
        {
            Rig rig = new Rig().Connect();
            rig.Client.Streams.IsMetering = true;
            ScopeTrace trace = rig.Client.Scopes.Open(new JackId("osc", "out"));
            rig.Client.Scopes.Open(new JackId("osc", "out"));
            rig.Frames(2);
            rig.Cut();
            rig.ComeBack();
            Assert.That(rig.Server.Heard.FindAll(message => message is Subscribe).Count, Is.EqualTo(4));
            rig.Client.Scopes.Close(trace);
            rig.Frames(2);
            Assert.That(rig.Server.Heard.Exists(message => message is Unsubscribe), Is.False, "somebody still looks");
            rig.Client.Scopes.Close(trace);
            rig.Frames(2);
            Assert.That(rig.Server.Heard.Exists(message => message is Unsubscribe), Is.True);
        }

        [Test]
        public void PresenceIsSentOncePerFlushAndShownToOthers()
        {
            Rig rig = new Rig().Connect();
            var other = new Rig(rig.Server).Connect();
            rig.Frames(2);
            var head = new RackPose(new Vector(0, 1600, 0), Rotation.None);
            other.Client.Presence.Set(head, null, null, new[] { "osc/pitch" });
            other.Client.Presence.Set(head, null, null, new[] { "osc" });
            other.Client.Flush();
            rig.Server.Process(other.Socket);
            List<IClientMessage> heard = rig.Server.Heard.FindAll(message => message is Presence);
            Assert.That(heard.Count, Is.EqualTo(1));
            rig.Server.TellAll(new OthersPresence(other.Client.Id, head, null, null, new List<string> { "osc" }));
            rig.Frames(2);
            Person person = rig.Client.People.Find(other.Client.Id);
            Assert.That(person.Head.Value.Position.Y, Is.EqualTo(1600));
            Assert.That(person.Holding, Is.EqualTo(new[] { "osc" }));
        }

        [Test]
        public void AModuleThatNobodyKnowsHasAPanelFromItsCables()
        {
            Rig rig = new Rig().Connect();
            rig.Server.Edit("", Cause.Edit, Rig.Add("old", "gone"), Rig.Add("amp", "vca"), Rig.Plug("c", "old", "amp"));
            rig.Frames(2);
            ModuleInfo info = rig.Client.Info("old");
            Assert.That(info.Outputs[0].Id, Is.EqualTo("out"));
            Assert.That(info.Panel.Places.ContainsKey("out"), Is.True);
            Assert.That(rig.Client.Info("nowhere"), Is.Null);
        }
    }
}
