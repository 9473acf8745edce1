namespace SynthVR.Client
{
    /// <summary>A clock that never goes back. Any thread may read it; reading allocates nothing.</summary>
    public interface ITimeSource
    {
        /// <summary>Seconds since some moment before the program's first reading.</summary>
        double Now { get; }
    }
}
