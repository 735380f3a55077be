using Rates.Core;

namespace Rates.Api;

/// <summary>How long an answer made of a book's sheets may be cached.</summary>
internal static class BookLifetime
{
    // A publication that is missing may come again at any moment.
    private static readonly TimeSpan WhileStale = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The lifetime of an answer made of the book's entries at <paramref name="indexes"/>.</summary>
    public static CacheLifetime Of(RateBook book, ReadOnlySpan<ushort> indexes)
    {
        ProviderEntry? newest = null;
        DateTimeOffset? until = null;
        var atMost = Longest;
        foreach (var index in indexes)
        {
            var entry = book.Entries[index];
            if (entry.ModifiedAt is { } modified && (newest is null || modified > newest.ModifiedAt))
            {
                newest = entry;
            }

            until = Earlier(until, Earlier(entry.ExpectedAt, entry.ChangesAt));
            if (entry.Status is not (StalenessStatus.Fresh or StalenessStatus.Closed))
            {
                atMost = WhileStale;
            }
        }

        return new(newest?.ModifiedAtText, until, atMost);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
