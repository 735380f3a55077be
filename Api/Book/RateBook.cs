using System.Buffers;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The rates in memory that requests are answered from at one time: every provider with its latest rates. Immutable; a request takes one
/// book and uses only that one.
/// </summary>
internal sealed class RateBook
{
    /// <summary>The characters of a provider key in a query.</summary>
    public static readonly SearchValues<char> KeyLettersInAnyCase =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private readonly ProviderIndex _indexes;

    /// <summary>Makes a book.</summary>
    /// <param name="entries">One per provider, in any order.</param>
    /// <param name="defaults">Keys of the providers that answer when a query names none, in order of preference; empty for all.</param>
    public RateBook(IEnumerable<ProviderEntry> entries, IReadOnlyList<string> defaults)
    {
        var known = entries.ToDictionary(entry => entry.Key);
        foreach (var key in defaults.Where(key => !known.ContainsKey(key)))
        {
            known.Add(key, Unannounced(key));
        }

        Entries = [.. known.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        Pieces = ProviderPieces.Of(Entries);
        List<ushort> all = new(Entries.Length);
        for (var index = 0; index < Entries.Length; index++)
        {
            var entry = Entries[index];
            if (entry.Stored.Profile.Enabled || entry.Sheet is not null)
            {
                all.Add((ushort)index);
            }
        }

        _indexes = new([.. Entries.Select(entry => entry.Key)]);
        AllIndexes = [.. all];
        EligibleIndexes = [.. AllIndexes.Where(index => IsAskedByBlends(Entries[index], Entries[index].WhyNotInBlends))];
        DefaultIndexes = defaults.Count > 0 ? [.. defaults.Distinct().Select(key => (ushort)IndexOf(key))] : AllIndexes;
        HasSheets = Entries.Any(entry => entry.Sheet is not null);
    }

    /// <summary>The same book with an entry of each of these providers.</summary>
    /// <param name="keys">Provider keys. One that is not known gets an entry without rates, which says so.</param>
    public RateBook With(IReadOnlyList<string> keys)
    {
        ProviderEntry[] unknown = [.. keys.Where(key => IndexOf(key) < 0).Select(Unannounced)];
        return unknown.Length == 0 ? this : new(
            Entries.Concat(unknown),
            ReferenceEquals(DefaultIndexes, AllIndexes) ? [] : [.. DefaultIndexes.Select(index => Entries[index].Key)])
        {
            IsBeforeStore = IsBeforeStore,
        };
    }

    /// <summary>A book without providers.</summary>
    public static RateBook Empty { get; } = new([], []) { IsBeforeStore = true };

    /// <summary>True while the store has not answered since the start, so that it may have rates and providers that are not here.</summary>
    public bool IsBeforeStore { get; init; }

    /// <summary>Every provider, by key.</summary>
    public ProviderEntry[] Entries { get; }

    /// <summary>What answers read of each of <see cref="Entries"/>, at the same index.</summary>
    public ProviderPieces[] Pieces { get; }

    /// <summary>Indexes of the entries that answer when a query names none, in order of preference.</summary>
    public ushort[] DefaultIndexes { get; }

    /// <summary>
    /// Indexes of the entries that blends ask when a query names none: all that <see cref="WitnessRule"/> lets take part, and those that
    /// no worker has described yet, which answers name as left out.
    /// </summary>
    public ushort[] EligibleIndexes { get; }

    /// <summary>Indexes of the entries that this installation fetches or has figures of: what <c>providers=all</c> means.</summary>
    public ushort[] AllIndexes { get; }

    /// <summary>False before the first sheet.</summary>
    public bool HasSheets { get; }

    /// <summary>Encodes what is asked most, where that has not happened yet.</summary>
    public void Warm()
    {
        foreach (var entry in Entries)
        {
            entry.Rates?.Warm(null);
        }
    }

    /// <summary>
    /// Indexes of the entries that blends of a past day use when a query names none; ended series count from their first to their
    /// last day.
    /// </summary>
    public ushort[] EligibleIndexesOn(DateOnly day) =>
        [.. AllIndexes.Where(index => IsAskedByBlends(Entries[index], Entries[index].WhyNotInBlendsOn(day)))];

    /// <summary>The index of a provider in <see cref="Entries"/>; -1 for an unknown key. Keys are found in any case.</summary>
    public int IndexOf(ReadOnlySpan<char> key) => _indexes.Find(key);

    /// <summary>The provider's entry; null for an unknown key.</summary>
    public ProviderEntry? Find(string key) => IndexOf(key) is var index and >= 0 ? Entries[index] : null;

    private static bool IsAskedByBlends(ProviderEntry entry, string? whyNot) => whyNot is null || !entry.Stored.IsAnnounced;

    // A configured provider is shown even when no worker has announced it, so that nothing requested is missing without a reason.
    private static ProviderEntry Unannounced(string key) => ProviderEntry.Of(
        new(new ProviderProfile { Key = key, Name = key, Note = "no worker has made it known" }, null, new()) { IsAnnounced = false },
        sheet: null,
        previous: null,
        modifiedAt: default,
        storeFault: "",
        DateTimeOffset.UnixEpoch);
}
