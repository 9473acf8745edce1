using System;
using System.Collections.Generic;

namespace SynthVR.Checks
{
    /// <summary>What is asked of a build, as the command line of <c>-batchmode</c> says it.</summary>
    public sealed class BuildRequest
    {
        /// <summary>The arguments that are ours, for a message.</summary>
        public const string Usage = "-output FILE.apk [-development]";

        private BuildRequest(string output, bool isDevelopment)
        {
            Output = output;
            IsDevelopment = isDevelopment;
        }

        /// <summary>Path of the .apk to write.</summary>
        public string Output { get; }

        /// <summary>Whether it is a development build: one that can be profiled and debugged.</summary>
        public bool IsDevelopment { get; }

        /// <summary>
        /// Reads Unity's whole command line, in which ours are among many arguments. Throws ArgumentException with a
        /// sentence for people where it does not say what to build.
        /// </summary>
        public static BuildRequest Read(IReadOnlyList<string> arguments)
        {
            string output = null;
            bool isDevelopment = false;
            for (int i = 0; i < arguments.Count; i++)
            {
                if (arguments[i] == "-development")
                {
                    isDevelopment = true;
                }
                else if (arguments[i] == "-output")
                {
                    if (output != null)
                    {
                        throw new ArgumentException("-output was given twice.");
                    }
                    output = i + 1 < arguments.Count ? arguments[++i] : "";
                }
            }
            Check(output);
            return new BuildRequest(output, isDevelopment);
        }

        private static void Check(string output)
        {
            if (output == null)
            {
                throw new ArgumentException("Where to write the app was not said: " + Usage + ".");
            }
            if (output.Length == 0 || output.StartsWith("-", StringComparison.Ordinal))
            {
                throw new ArgumentException("After -output comes a path: " + Usage + ".");
            }
            if (!output.EndsWith(".apk", StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException("The path after -output ends with .apk, and this one does not: " + output);
            }
        }
    }
}
