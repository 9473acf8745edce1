using System;

namespace SynthVR.Interaction
{
    /// <summary>
    /// A piano's keys on a flat board: which key is where, and how hard it is struck. mm from the board's top left
    /// corner, y down; notes as MIDI numbers them, 60 is C4 at 0 V.
    /// </summary>
    public sealed class Piano
    {
        /// <summary>Octaves on the board.</summary>
        public const int Octaves = 2;

        /// <summary>White keys, the C above included.</summary>
        public const int WhiteKeys = 7 * Octaves + 1;

        /// <summary>A white key is this wide: a piano's 23.5 mm, for fingers that feel nothing.</summary>
        public const float KeyMm = 23.5f;

        /// <summary>From left to right.</summary>
        public const float Width = WhiteKeys * KeyMm;

        /// <summary>From top to bottom.</summary>
        public const float Height = 110f;

        /// <summary>How far black keys reach down.</summary>
        public const float BlackHeight = 66f;

        private const float BlackWidth = 13.7f;
        private const float FastestMmPerSecond = 900f; // as hard as it goes
        private const float SoftestVelocity = 0.15f;
        private const int C4 = 60;

        private static readonly int[] WhiteSemitones = { 0, 2, 4, 5, 7, 9, 11 };

        /// <summary>The octave of the lowest key, 0–7; C4's is 4.</summary>
        public int Octave { get; private set; } = 3;

        /// <summary>How many keys there are, black and white.</summary>
        public static int Keys => 12 * Octaves + 1;

        /// <summary>Goes up or down by octaves, as far as there are notes.</summary>
        public void Shift(int octaves) => Octave = Math.Min(7, Math.Max(0, Octave + octaves));

        /// <summary>The note of a key, counted from the left.</summary>
        public int NoteOf(int key) => 12 * (Octave + 1) + key;

        /// <summary>Volts of a note, 1 V/oct.</summary>
        public static double PitchOf(int note) => (note - C4) / 12.0;

        /// <summary>Whether a key, counted from the left, is black.</summary>
        public static bool IsBlack(int key) => Array.IndexOf(WhiteSemitones, key % 12) < 0;

        /// <summary>Where a key is drawn.</summary>
        public static PanelArea AreaOf(int key)
        {
            int whites = 0;
            for (int below = 0; below < key; below++)
            {
                whites += IsBlack(below) ? 0 : 1;
            }
            return IsBlack(key)
                ? new PanelArea(whites * KeyMm, BlackHeight / 2f, BlackWidth, BlackHeight)
                : new PanelArea((whites + 0.5f) * KeyMm, Height / 2f, KeyMm, Height);
        }

        /// <summary>The key at a place, counted from the left; −1 for none. Black keys lie above white ones.</summary>
        public static int KeyAt(float x, float y)
        {
            int found = -1;
            for (int key = 0; key < Keys; key++)
            {
                bool isThere = AreaOf(key).DistanceTo(x, y) <= 0f;
                found = isThere && (found < 0 || IsBlack(key)) ? key : found;
            }
            return found;
        }

        /// <summary>How hard a key is struck, 0–1, by a finger of a speed in mm/s towards it.</summary>
        public static double VelocityOf(float speed)
        {
            float share = Math.Min(1f, Math.Max(0f, speed / FastestMmPerSecond));
            return SoftestVelocity + (1.0 - SoftestVelocity) * Math.Sqrt(share);
        }
    }
}
