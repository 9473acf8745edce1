using System.Collections.Generic;
using NUnit.Framework;
using SynthVR.Protocol;

namespace SynthVR.Client.Tests
{
    public sealed class LostEditsTest
    {
        private readonly List<Reply> _replies = new List<Reply>();

        [SetUp]
        public void Forget()
        {
            _replies.Clear();
        }

        [Test]
        public void AnEditThatNeverArrivedIsSentAgain()
        {
            Rig rig = new Rig().Connect();
            rig.Client.Editor.Edit(_replies.Add, Rig.Add("osc"));
            rig.Socket.LoseSent();
            rig.Cut();
            Assert.That(rig.Client.Patch.Modules.ContainsKey("osc"), Is.True, "it is shown all the while");
            rig.ComeBack();
            Assert.That(rig.Server.Patch.Modules.ContainsKey("osc"), Is.True);
            Assert.That(_replies[0].IsDone, Is.True);
            Assert.That(rig.Client.Patch.IsConfirmed, Is.True);
        }

        [Test]
        public void AnEditWhoseAnswerWasLostIsNotSentAgain()
        {
            Rig rig = new Rig().Connect();
            rig.Server.Edit("", Cause.Edit, Rig.Add("osc"));
            rig.Frames(2);
            rig.Client.Editor.Edit(_replies.Add, new SetKnob("osc", "pitch", 2));
            rig.Server.Process(rig.Socket);
            rig.Cut();
            rig.Server.Edit("somebody", Cause.Edit, new SetKnob("osc", "pitch", 3));
            rig.ComeBack();
            Assert.That(_replies.Count, Is.EqualTo(1));
            Assert.That(_replies[0].IsDone, Is.True);
            Assert.That(_replies[0].Revision, Is.EqualTo(2));
            Assert.That(rig.Server.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(3), "not turned back by an echo");
            Assert.That(rig.Server.Revision, Is.EqualTo(3));
        }

        [Test]
        public void AnEditThatWasRejectedBeforeTheLossIsToldSo()
        {
            Rig rig = new Rig().Connect();
            rig.Server.Edit("somebody", Cause.Edit, Rig.Add("osc"));
            rig.Client.Editor.Edit(_replies.Add, Rig.Add("osc"));
            rig.Client.Editor.Edit(_replies.Add, Rig.Add("amp", "vca"));
            rig.Server.Process(rig.Socket);
            rig.Cut();
            rig.ComeBack();
            Assert.That(_replies[0].Code, Is.EqualTo(Reply.Rejected));
            Assert.That(_replies[1].IsDone, Is.True);
            Assert.That(rig.Server.Revision, Is.EqualTo(2));
        }

        [Test]
        public void OrderIsKeptThroughTheLoss()
        {
            Rig rig = new Rig().Connect();
            rig.Client.Editor.Edit(Rig.Add("osc"));
            rig.Server.Process(rig.Socket);
            rig.Client.Editor.Edit(Rig.Add("amp", "vca"));
            rig.Client.Editor.Edit(Rig.Plug("c", "osc", "amp"));
            rig.Socket.LoseSent();
            rig.Cut();
            rig.Client.Editor.Edit(new Disconnect("c"));
            rig.ComeBack();
            Assert.That(rig.Server.Patch.Modules.Keys, Is.EquivalentTo(new[] { "osc", "amp" }));
            Assert.That(rig.Server.Patch.Cables, Is.Empty);
            Assert.That(rig.Server.Revision, Is.EqualTo(4));
            Assert.That(rig.Client.Patch.Fingerprint, Is.EqualTo(rig.Server.Fingerprint));
        }

        [Test]
        public void AnEditThatMayYetArriveOverTheLostConnectionIsWaitedFor()
        {
            Rig rig = new Rig().Connect();
            rig.Server.Edit("", Cause.Edit, Rig.Add("osc"));
            rig.Frames(2);
            rig.Client.Editor.Edit(_replies.Add, new SetKnob("osc", "pitch", 2));
            FakeSocket lost = rig.Cut(isNoticed: false); // the server has not noticed, the edit is still on its way
            rig.ComeBackBeside(lost);
            rig.Client.Editor.Edit(_replies.Add, new SetKnob("osc", "pitch", 4));
            rig.FramesBeside(lost, 20);
            Assert.That(rig.Server.Revision, Is.EqualTo(1), "nothing is decided");
            Assert.That(rig.Client.Knobs.Value(new KnobId("osc", "pitch")), Is.EqualTo(4), "but shown");
            rig.Server.Process(lost); // there it is, late
            rig.Server.Leave(lost);
            rig.Frames(4);
            Assert.That(_replies.ConvertAll(reply => reply.IsDone), Is.EqualTo(new[] { true, true }));
            Assert.That(rig.Server.Revision, Is.EqualTo(3), "each was applied once");
            Assert.That(rig.Server.Patch.Modules["osc"].Knobs["pitch"], Is.EqualTo(4));
        }

        [Test]
        public void AfterARestartWhatThePatchShowsDecides()
        {
            Rig rig = new Rig().Connect();
            rig.Client.Editor.Edit(_replies.Add, Rig.Add("osc"));
            rig.Server.Process(rig.Socket); // accepted, and in the journal
            rig.Client.Editor.Edit(_replies.Add, Rig.Add("amp", "vca"));
            rig.Socket.LoseSent(); // lost on the way
            rig.Cut();
            rig.Client.Editor.Edit(_replies.Add, Rig.Add("mix", "vca")); // made without a connection
            rig.Server.Session = "session-2";
            rig.ComeBack();
            Assert.That(_replies[0].IsDone, Is.True);
            Assert.That(_replies[1].Code, Is.EqualTo(Reply.Disconnected));
            Assert.That(_replies[2].IsDone, Is.True);
            Assert.That(rig.Client.Patch.Modules.Keys, Is.EquivalentTo(new[] { "osc", "mix" }));
            Assert.That(rig.Client.Patch.Fingerprint, Is.EqualTo(rig.Server.Fingerprint));
        }

        [Test]
        public void AnUndoIsNeverSentTwiceAndALoadThatWasDoneIsKnown()
        {
            Rig rig = new Rig().Connect();
            rig.Client.Library.Load("Night", _replies.Add);
            rig.Client.Editor.Undo(_replies.Add);
            rig.Server.Process(rig.Socket);
            rig.Cut();
            rig.ComeBack();
            Assert.That(_replies.Count, Is.EqualTo(2));
            Assert.That(_replies[0].IsDone, Is.True);
            Assert.That(_replies[1].Code, Is.EqualTo(Reply.Disconnected));
            Assert.That(rig.Server.Heard.FindAll(message => message is Undo).Count, Is.EqualTo(1));
        }

        [Test]
        public void ManyEditsMadeWithoutAConnectionAreSentAFewAtATime()
        {
            Rig rig = new Rig().Connect();
            rig.Cut();
            for (int edit = 0; edit < 1000; edit++)
            {
                rig.Client.Editor.Edit(_replies.Add, Rig.Add("m" + edit));
            }
            rig.ComeBack();
            Assert.That(rig.Server.Revision, Is.LessThan(200));
            rig.Frames(80);
            Assert.That(rig.Server.Revision, Is.EqualTo(1000));
            Assert.That(_replies.Count, Is.EqualTo(1000));
            Assert.That(rig.Client.Patch.Fingerprint, Is.EqualTo(rig.Server.Fingerprint));
        }

        [Test]
        public void AnEditThatIsTooLargeIsToldAtOnce()
        {
            Rig rig = new Rig().Connect();
            rig.Client.Editor.Edit(_replies.Add, new Describe("x", new string('x', 1 << 20)));
            Assert.That(_replies[0].Code, Is.EqualTo(Reply.TooLarge));
            Assert.That(rig.Client.Patch.Notes, Is.EqualTo(""));
        }
    }
}
