using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Unity.XR.OpenXR.Editor")]
[assembly: InternalsVisibleTo("SynthVR.Behaviours.Tests")]
