using System.Numerics;
using System.Runtime.CompilerServices;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// A set of currencies as bits: one bit for each currency's number in alphabetical order. Allocates nothing, and is enumerated in
/// alphabetical order.
/// </summary>
internal struct CurrencySet
{
    /// <summary>Every ordinal is below this.</summary>
    public const int Capacity = Words.Count * 64;

    private Words _words;

    /// <summary>The number of currencies in the set.</summary>
    public readonly int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>Every registered currency.</summary>
    public static CurrencySet All { get; } = MakeAll();

    /// <summary>True when the set has no currency.</summary>
    public readonly bool IsEmpty => !((ReadOnlySpan<ulong>)_words).ContainsAnyExcept(0UL);

    /// <summary>Adds a currency; adding it again changes nothing.</summary>
    public void Add(int ordinal) => _words[ordinal >> 6] |= 1UL << ordinal;

    /// <summary>Removes a currency, if it is there.</summary>
    public void Remove(int ordinal) => _words[ordinal >> 6] &= ~(1UL << ordinal);

    /// <summary>Whether a currency is in the set.</summary>
    public readonly bool Contains(int ordinal) => (_words[ordinal >> 6] >> ordinal & 1) != 0;

    /// <summary>Whether the two sets have a currency in common.</summary>
    public readonly bool Overlaps(in CurrencySet other)
    {
        for (var word = 0; word < Words.Count; word++)
        {
            if ((_words[word] & other._words[word]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The set of those currencies in a list that are registered.</summary>
    public static CurrencySet Of(IReadOnlyList<Currency> currencies)
    {
        var set = default(CurrencySet);
        foreach (var currency in currencies)
        {
            if (CurrencyTable.OrdinalOf(currency) is var ordinal and >= 0)
            {
                set.Add(ordinal);
            }
        }

        return set;
    }

    /// <summary>The currencies that are in both sets.</summary>
    public readonly CurrencySet And(in CurrencySet other)
    {
        var both = this;
        for (var word = 0; word < Words.Count; word++)
        {
            both._words[word] &= other._words[word];
        }

        return both;
    }

    /// <summary>The currencies that are in this set and not in the other.</summary>
    public readonly CurrencySet Except(in CurrencySet other)
    {
        var rest = this;
        for (var word = 0; word < Words.Count; word++)
        {
            rest._words[word] &= ~other._words[word];
        }

        return rest;
    }

    /// <summary>Copies the ordinals, lowest first. Returns how many.</summary>
    /// <param name="to">Takes as many as the set has.</param>
    public readonly int CopyTo(Span<ushort> to)
    {
        var count = 0;
        for (var word = 0; word < Words.Count; word++)
        {
            for (var left = _words[word]; left != 0; left &= left - 1)
            {
                to[count++] = (ushort)((word << 6) + BitOperations.TrailingZeroCount(left));
            }
        }

        return count;
    }

    /// <summary>Enumerates the ordinals, lowest first.</summary>
    public readonly Enumerator GetEnumerator() => new(this);

    /// <summary>Enumerates the ordinals of a set.</summary>
    public struct Enumerator(CurrencySet set)
    {
        private readonly Words _words = set._words;
        private int _word = -1;
        private ulong _left;

        /// <summary>The current ordinal.</summary>
        public int Current { get; private set; } = -1;

        /// <summary>Goes to the next ordinal; false at the end.</summary>
        public bool MoveNext()
        {
            while (_left == 0)
            {
                if (++_word == Words.Count)
                {
                    return false;
                }

                _left = _words[_word];
            }

            Current = (_word << 6) + BitOperations.TrailingZeroCount(_left);
            _left &= _left - 1;
            return true;
        }
    }

    private static CurrencySet MakeAll()
    {
        var all = default(CurrencySet);
        for (var ordinal = 0; ordinal < CurrencyTable.Count; ordinal++)
        {
            all.Add(ordinal);
        }

        return all;
    }

    /// <summary>The bits of a set, held in the value itself.</summary>
    [InlineArray(Count)]
    private struct Words
    {
        public const int Count = 8;
        private ulong _first;
    }
}
