using System.Collections.Frozen;
using System.Numerics;

namespace Rates.Api;

/// <summary>Finds the index of a provider by its key. Immutable.</summary>
/// <remarks>
/// Keys of at most 8 characters, as nearly all are, are compared as one number that stands beside the index: a dictionary of strings waits
/// for each string.
/// </remarks>
internal sealed class ProviderIndex
{
    private const int ShortLength = sizeof(ulong);
    private const int MaxLength = 64;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly (ulong Key, int Index)[] _slots;
    private readonly int _shift;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _longKeys;

    /// <summary>Makes the index of keys, each once, at their place in the list.</summary>
    public ProviderIndex(IReadOnlyList<string> keys)
    {
        // At most a quarter is filled, so that a key is found at its first place or soon after it.
        var bits = BitOperations.Log2((uint)Math.Max(1, keys.Count)) + 3;
        _slots = new (ulong, int)[1 << bits];
        _shift = (sizeof(ulong) * 8) - bits;
        Dictionary<string, int> longKeys = [];
        for (var index = 0; index < keys.Count; index++)
        {
            if (Packed(keys[index]) is var key and > 0)
            {
                var slot = FirstSlot(key);
                while (_slots[slot].Key != 0)
                {
                    slot = Next(slot);
                }

                _slots[slot] = (key, index);
            }
            else
            {
                longKeys.TryAdd(keys[index].ToLowerInvariant(), index);
            }
        }

        _longKeys = longKeys.ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The place of a key in the list, found in any case; -1 for an unknown key.</summary>
    public int Find(ReadOnlySpan<char> key)
    {
        if (Packed(key) is var packed and > 0)
        {
            for (var slot = FirstSlot(packed); _slots[slot].Key != 0; slot = Next(slot))
            {
                if (_slots[slot].Key == packed)
                {
                    return _slots[slot].Index;
                }
            }

            return -1;
        }

        Span<char> lower = stackalloc char[MaxLength];
        return key.Length <= MaxLength && key.ToLowerInvariant(lower) is var length
            && _longKeys.TryGetValue(lower[..length], out var index) ? index : -1;
    }

    // The letters in lower case, one byte each; 0 for a key that is empty, longer, or has characters that no key has.
    private static ulong Packed(ReadOnlySpan<char> key)
    {
        if (key.Length > ShortLength)
        {
            return 0;
        }

        var packed = 0UL;
        foreach (var letter in key)
        {
            if (letter is '\0' || !char.IsAscii(letter))
            {
                return 0;
            }

            packed = (packed << 8) | (char.IsAsciiLetterUpper(letter) ? letter | 0x20U : letter);
        }

        return packed;
    }

    private int FirstSlot(ulong key) => (int)(unchecked(key * Spread) >> _shift);

    private int Next(int slot) => (slot + 1) & (_slots.Length - 1);
}
