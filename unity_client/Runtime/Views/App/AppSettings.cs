using System;
using UnityEngine;

namespace SynthVR.Views
{
    /// <summary>What the player has chosen; remembered until the next time.</summary>
    public sealed class AppSettings
    {
        private const string Prefix = "SynthVR.";

        /// <summary>Something has been chosen.</summary>
        public event Action<AppSettings> Changed;

        /// <summary>Name that others see.</summary>
        public string Name
        {
            get => PlayerPrefs.GetString(Prefix + nameof(Name), "Headset");
            set
            {
                PlayerPrefs.SetString(Prefix + nameof(Name), value);
                Keep();
            }
        }

        /// <summary>Colour in which the others see us, as #rrggbb; empty lets the server choose.</summary>
        public string Color
        {
            get => PlayerPrefs.GetString(Prefix + nameof(Color), "");
            set
            {
                PlayerPrefs.SetString(Prefix + nameof(Color), value);
                Keep();
            }
        }

        /// <summary>The menu hangs at the right wrist, and the left hand presses it.</summary>
        public bool IsLeftHanded
        {
            get => Get(nameof(IsLeftHanded), false);
            set => Set(nameof(IsLeftHanded), value);
        }

        /// <summary>The master output is played in the headset too, later than at the computer.</summary>
        public bool HearsHere
        {
            get => Get(nameof(HearsHere), false);
            set => Set(nameof(HearsHere), value);
        }

        /// <summary>The real room is seen behind the rack.</summary>
        public bool SeesRoom
        {
            get => Get(nameof(SeesRoom), false);
            set => Set(nameof(SeesRoom), value);
        }

        /// <summary>Two hands move and turn the rack, and do not scale it.</summary>
        public bool KeepsScale
        {
            get => Get(nameof(KeepsScale), false);
            set => Set(nameof(KeepsScale), value);
        }

        /// <summary>Cables hang; else they are straight.</summary>
        public bool CablesHang
        {
            get => Get(nameof(CablesHang), true);
            set => Set(nameof(CablesHang), value);
        }

        private static bool Get(string name, bool normal) => PlayerPrefs.GetInt(Prefix + name, normal ? 1 : 0) != 0;

        private void Set(string name, bool value)
        {
            PlayerPrefs.SetInt(Prefix + name, value ? 1 : 0);
            Keep();
        }

        private void Keep()
        {
            PlayerPrefs.Save();
            Changed?.Invoke(this);
        }
    }
}
