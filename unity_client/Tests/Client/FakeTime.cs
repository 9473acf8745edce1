namespace SynthVR.Client.Tests
{
    /// <summary>A clock that goes only when it is told to.</summary>
    internal sealed class FakeTime : ITimeSource
    {
        public double Now { get; set; } = 100;

        public void Pass(double seconds)
        {
            Now += seconds;
        }
    }
}
