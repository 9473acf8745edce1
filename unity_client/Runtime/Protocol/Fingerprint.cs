using System;
using System.Collections.Generic;
using System.Globalization;

namespace SynthVR.Protocol
{
    /// <summary>
    /// The hash of a patch that the server computes too: the sum, modulo 2⁶⁴, of the hash of every entry. An edit costs
    /// one entry: subtract its old hash, add the new one.
    /// </summary>
    public readonly struct Fingerprint : IEquatable<Fingerprint>
    {
        private readonly ulong _sum;

        private Fingerprint(ulong sum)
        {
            _sum = sum;
        }

        /// <summary>Of a whole patch.</summary>
        public static Fingerprint Of(Patch patch)
        {
            Fingerprint sum = OfWords(patch.Title, patch.Notes);
            foreach (KeyValuePair<string, PlacedModule> entry in patch.Modules)
            {
                sum += OfModule(entry.Key, entry.Value);
            }
            foreach (KeyValuePair<string, Cable> entry in patch.Cables)
            {
                sum += OfCable(entry.Key, entry.Value);
            }
            return sum;
        }

        /// <summary>Of the title and notes of a patch.</summary>
        public static Fingerprint OfWords(string title, string notes)
        {
            var hash = EntryHash.Begin("patch");
            hash.Add(title);
            hash.Add(notes);
            return new Fingerprint(hash.Value);
        }

        /// <summary>Of one module.</summary>
        public static Fingerprint OfModule(string id, PlacedModule module)
        {
            var hash = EntryHash.Begin("module");
            hash.Add(id);
            hash.Add(module.Type);
            hash.Add(module.Label);
            hash.Add(module.Position.X);
            hash.Add(module.Position.Y);
            hash.Add(module.Position.Z);
            hash.Add(module.Rotation.X);
            hash.Add(module.Rotation.Y);
            hash.Add(module.Rotation.Z);
            hash.Add(module.Rotation.W);
            foreach (string key in SortedKeys(module.Knobs))
            {
                hash.Add(key);
                hash.Add(module.Knobs[key]);
            }
            foreach (string key in SortedKeys(module.Data))
            {
                hash.Add(key);
                hash.Add(module.Data[key]);
            }
            return new Fingerprint(hash.Value);
        }

        /// <summary>Of one cable.</summary>
        public static Fingerprint OfCable(string id, Cable cable)
        {
            var hash = EntryHash.Begin("cable");
            hash.Add(id);
            hash.Add(cable.From.Module);
            hash.Add(cable.From.Jack);
            hash.Add(cable.To.Module);
            hash.Add(cable.To.Jack);
            hash.Add(cable.Color);
            return new Fingerprint(hash.Value);
        }

        /// <summary>With another entry.</summary>
        public static Fingerprint operator +(Fingerprint sum, Fingerprint entry)
        {
            return new Fingerprint(unchecked(sum._sum + entry._sum));
        }

        /// <summary>Without an entry.</summary>
        public static Fingerprint operator -(Fingerprint sum, Fingerprint entry)
        {
            return new Fingerprint(unchecked(sum._sum - entry._sum));
        }

        /// <summary>Whether both are the same.</summary>
        public static bool operator ==(Fingerprint one, Fingerprint other)
        {
            return one._sum == other._sum;
        }

        /// <summary>Whether they differ.</summary>
        public static bool operator !=(Fingerprint one, Fingerprint other)
        {
            return one._sum != other._sum;
        }

        /// <summary>Whether the server, which writes 16 hexadecimal digits, means the same.</summary>
        public bool Is(string digits)
        {
            return digits != null
                && digits.Length == 16
                && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong sum)
                && sum == _sum;
        }

        /// <inheritdoc/>
        public bool Equals(Fingerprint other)
        {
            return _sum == other._sum;
        }

        /// <inheritdoc/>
        public override bool Equals(object other)
        {
            return other is Fingerprint fingerprint && Equals(fingerprint);
        }

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return _sum.GetHashCode();
        }

        /// <summary>Sixteen hexadecimal digits.</summary>
        public override string ToString()
        {
            return _sum.ToString("x16", CultureInfo.InvariantCulture);
        }

        private static string[] SortedKeys<T>(IReadOnlyDictionary<string, T> map)
        {
            var keys = new string[map.Count];
            int count = 0;
            foreach (KeyValuePair<string, T> entry in map)
            {
                keys[count++] = entry.Key;
            }
            Array.Sort(keys, StringComparer.Ordinal);
            return keys;
        }
    }
}
