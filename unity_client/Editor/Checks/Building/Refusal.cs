using System.Collections.Generic;
using System.Text;

namespace SynthVR.Checks
{
    /// <summary>Why a project is not built.</summary>
    public static class Refusal
    {
        /// <summary>All findings as one message for the log, and how to go on.</summary>
        public static string Of(IReadOnlyList<Finding> findings)
        {
            var text = new StringBuilder("SynthVR does not build this project as it is, and changes nothing itself:");
            foreach (Finding finding in findings)
            {
                text.Append("\n- ").Append(finding);
            }
            return text.Append("\nOpen the project in the editor: SynthVR → Check project fixes them.").ToString();
        }
    }
}
