using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("SynthVR.Client.Tests")]
