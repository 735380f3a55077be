using System.Collections.Frozen;
using Rates.Core;

namespace Rates.Api;

/// <summary>Everything that is answered, at one time. Immutable: a request takes the book once and uses only that.</summary>
internal sealed class RateBook
{
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _places;

    /// <summary>Binds entries.</summary>
    /// <param name="entries">One per provider, in any order.</param>
    /// <param name="preferred">Keys that answer when a query names none, in order of preference; all when empty.</param>
    public RateBook(IEnumerable<ProviderEntry> entries, IReadOnlyList<string> preferred)
    {
        var known = entries.ToDictionary(entry => entry.Key);
        foreach (var key in preferred.Where(key => !known.ContainsKey(key)))
        {
            known.Add(key, Unheard(key));
        }

        Entries = [.. known.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        _places = Entries.Index().ToFrozenDictionary(item => item.Item.Key, item => item.Index).GetAlternateLookup<ReadOnlySpan<char>>();
        Everyone = [.. Entries.Index().Where(item => item.Item.Stored.Profile.Enabled || item.Item.Sheet is not null).Select(item => (ushort)item.Index)];
        Preferred = preferred.Count > 0 ? [.. preferred.Distinct().Select(key => (ushort)PlaceOf(key))] : Everyone;
        HasSheets = Entries.Any(entry => entry.Sheet is not null);
    }

    /// <summary>The book before anything is known.</summary>
    public static RateBook Empty { get; } = new([], []);

    /// <summary>Every provider, by key.</summary>
    public ProviderEntry[] Entries { get; }

    /// <summary>Places of the entries that answer when a query names none, in order of preference.</summary>
    public ushort[] Preferred { get; }

    /// <summary>Places of every provider that this installation fetches or has figures of.</summary>
    public ushort[] Everyone { get; }

    /// <summary>False before the very first sheet.</summary>
    public bool HasSheets { get; }

    /// <summary>Answers already given from this book.</summary>
    public AnswerCache Answers { get; } = new();

    /// <summary>The place of a provider in <see cref="Entries"/>; -1 for an unknown key.</summary>
    public int PlaceOf(ReadOnlySpan<char> key) => _places.TryGetValue(key, out var place) ? place : -1;

    /// <summary>The provider's entry; null for an unknown key.</summary>
    public ProviderEntry? Find(string key) => PlaceOf(key) is var place and >= 0 ? Entries[place] : null;

    // A configured provider is shown although no worker has told of it: nothing asked for is dropped in silence.
    private static ProviderEntry Unheard(string key) => ProviderEntry.Of(
        new(new ProviderProfile { Key = key, Name = key, Note = "no worker has made it known" }, null, new()), null, null, "", DateTimeOffset.UnixEpoch);
}
