using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("SynthVR.Behaviours.Tests")]
