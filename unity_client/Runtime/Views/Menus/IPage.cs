using SynthVR.Interaction;

namespace SynthVR.Views
{
    /// <summary>One page of the menu.</summary>
    internal interface IPage
    {
        /// <summary>The word on its tab.</summary>
        string Name { get; }

        /// <summary>Whether it shows what changes all the time.</summary>
        bool IsLive { get; }

        /// <summary>The page is opened: ask for what it shows.</summary>
        void Open();

        /// <summary>Writes it on the board, as things stand.</summary>
        void Fill(Board board);
    }
}
