using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("SynthVR.Protocol.Tests")]
