using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("SynthVR.Checks.Tests")]
