using System;
using SynthVR.Protocol;

namespace SynthVR.Client
{
    /// <summary>The server's library of patches. Main thread. Every <c>done</c> may be null.</summary>
    public sealed class PatchLibrary
    {
        private const double AnswerWithin = 10; // s
        private const double LoadWithin = 30; // a large patch is read, checked and sent to everybody

        private readonly Requests _requests;
        private readonly Wire _wire;

        internal PatchLibrary(Requests requests, Wire wire)
        {
            _requests = requests;
            _wire = wire;
        }

        /// <summary>Asks what there is: see <see cref="Reply.Patches"/>.</summary>
        public void List(Action<Reply> done)
        {
            if (_requests.TryBegin(AnswerWithin, done, out int id))
            {
                _wire.Send(new ListPatches(id));
            }
        }

        /// <summary>
        /// Saves the patch. Where there is one of that name it is rejected (<see cref="RejectionCode.Exists"/>) unless
        /// <paramref name="replace"/> is set; the one before is kept as a backup.
        /// </summary>
        public void Save(string name, Action<Reply> done = null, bool replace = false)
        {
            if (_requests.TryBegin(AnswerWithin, done, out int id))
            {
                _wire.Send(new SavePatch(id, name, replace));
            }
        }

        /// <summary>Replaces the patch by one of the library; undo brings the old one back.</summary>
        public void Load(string name, Action<Reply> done = null)
        {
            if (_requests.TryBegin(Cause.Load, LoadWithin, done, out int id))
            {
                _wire.Send(new LoadPatch(id, name));
            }
        }
    }
}
