using Rates.Core;

namespace Rates.Api;

/// <summary>Computes how long clients may cache an answer, from when the providers in it publish next.</summary>
internal static class BookLifetime
{
    // A publication that is missing may come again at any moment.
    private static readonly TimeSpan WhileStale = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The lifetime of an answer made of the book's entries at <paramref name="indexes"/>.</summary>
    public static CacheLifetime Of(RateBook book, ReadOnlySpan<ushort> indexes)
    {
        DateTimeOffset? until = null;
        var atMost = Longest;
        foreach (var index in indexes)
        {
            var entry = book.Entries[index];
            until = Earlier(until, Earlier(entry.ExpectedAt, entry.ChangesAt));
            if (entry.Status is not (StalenessStatus.Fresh or StalenessStatus.Closed or StalenessStatus.Retired))
            {
                atMost = WhileStale;
            }
        }

        return new(LastModified(book.Entries, indexes), until, atMost);
    }

    /// <summary>The lifetime of an answer made of the entries of a past day, which a backfill may change.</summary>
    public static CacheLifetime OfDay(ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes) =>
        new(LastModified(entries, indexes), null, PastDayReader.CacheTime);

    private static string? LastModified(ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes)
    {
        ProviderEntry? newest = null;
        foreach (var index in indexes)
        {
            if (entries[index].ModifiedAt is { } modified && (newest is null || modified > newest.ModifiedAt))
            {
                newest = entries[index];
            }
        }

        return newest?.ModifiedAtText;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
