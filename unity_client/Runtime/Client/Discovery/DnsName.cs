using System.Collections.Generic;
using System.Text;

namespace SynthVR.Client
{
    /// <summary>
    /// Names as text: labels joined by dots, without the last one. A dot or a backslash within a label, as in the name
    /// of an instance, has a backslash before it (RFC 1035 §5.1).
    /// </summary>
    internal static class DnsName
    {
        /// <summary>The labels of a name, unescaped.</summary>
        public static List<string> Labels(string name)
        {
            var labels = new List<string>();
            var label = new StringBuilder();
            for (int index = 0; index < name.Length; index++)
            {
                char letter = name[index];
                if (letter == '.')
                {
                    labels.Add(label.ToString());
                    label.Clear();
                }
                else if (letter == '\\' && index + 1 < name.Length)
                {
                    label.Append(name[++index]);
                }
                else
                {
                    label.Append(letter);
                }
            }
            if (label.Length > 0)
            {
                labels.Add(label.ToString());
            }
            return labels;
        }

        /// <summary>Appends a label to a name.</summary>
        public static void Append(StringBuilder name, string label)
        {
            if (name.Length > 0)
            {
                name.Append('.');
            }
            name.Append(label.Replace("\\", "\\\\").Replace(".", "\\."));
        }
    }
}
