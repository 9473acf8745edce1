using System.Collections.Generic;
using NUnit.Framework;

namespace SynthVR.Protocol.Tests
{
    [TestFixture]
    public sealed class GoldenPatchTests
    {
        private static IEnumerable<GoldenPatch> Patches => GoldenPatches.All;

        private static IEnumerable<GoldenBatch> Batches => GoldenBatches.All;

        [TestCaseSource("Patches")]
        public void A_patch_is_read_and_written_again_byte_for_byte(GoldenPatch golden)
        {
            byte[] bytes = golden.Bytes;
            Assert.That(Bytes.Shown(Bytes.Written(Read(bytes).Write)), Is.EqualTo(Bytes.Shown(bytes)));
        }

        [TestCaseSource("Patches")]
        public void A_patch_has_the_fingerprint_that_the_server_computes(GoldenPatch golden)
        {
            Fingerprint fingerprint = Fingerprint.Of(Read(golden.Bytes));
            Assert.That(fingerprint.ToString(), Is.EqualTo(golden.Fingerprint));
            Assert.That(fingerprint.Is(golden.Fingerprint), Is.True);
        }

        [TestCaseSource("Batches")]
        public void Every_command_is_read_and_written_again_byte_for_byte(GoldenBatch golden)
        {
            IReadOnlyList<Command> commands = golden.Commands;
            byte[] written = Bytes.Written(writer =>
            {
                writer.WriteArrayHeader(commands.Count);
                foreach (Command command in commands)
                {
                    command.Write(writer);
                }
            });
            Assert.That(Bytes.Shown(written), Is.EqualTo(Bytes.Shown(golden.BytesOfCommands)));
        }

        [TestCaseSource("Batches")]
        public void A_patch_after_a_batch_has_the_fingerprint_that_the_server_computes(GoldenBatch golden)
        {
            Assert.That(Fingerprint.Of(golden.After).ToString(), Is.EqualTo(golden.Fingerprint));
            Assert.That(Bytes.Shown(Bytes.Written(golden.Before.Write)), Is.EqualTo(Bytes.Shown(golden.BytesBefore)));
        }

        private static Patch Read(byte[] bytes)
        {
            MessagePackReader reader = Bytes.Read(bytes);
            Patch patch = Patch.Read(ref reader);
            reader.End();
            return patch;
        }
    }
}
