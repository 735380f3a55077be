using Microsoft.Extensions.Primitives;
using Rates.Core;

namespace Rates.Api;

/// <summary>How long an answer is right. A plain value, kept with a cached answer.</summary>
/// <param name="LastModified">When the newest sheet in it was fetched; empty when there is none.</param>
/// <param name="Until">When a sheet in it may be replaced or change its status; null for never.</param>
/// <param name="AtMost">The longest it may be cached, whatever is expected.</param>
internal readonly record struct Freshness(StringValues LastModified, DateTimeOffset? Until, TimeSpan AtMost)
{
    // A publication that is late may come any moment; one that is missing may come again.
    private static readonly TimeSpan WhileDue = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WhileStale = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Of an answer that does not depend on sheets.</summary>
    public static Freshness For(TimeSpan span) => new(default, null, span);

    /// <summary>Of an answer made of the book's entries at <paramref name="places"/>.</summary>
    public static Freshness Of(RateBook book, ReadOnlySpan<ushort> places)
    {
        ProviderEntry? newest = null;
        DateTimeOffset? until = null;
        var atMost = Longest;
        foreach (var place in places)
        {
            var entry = book.Entries[place];
            if (entry.Sheet is { } sheet && (newest is null || sheet.FetchedAt > newest.Sheet!.FetchedAt))
            {
                newest = entry;
            }

            until = Earlier(until, Earlier(entry.ExpectedAt, entry.ChangesAt));
            if (entry.Status is not (StalenessStatus.Fresh or StalenessStatus.Closed))
            {
                atMost = WhileStale;
            }
        }

        return new(newest?.LastModified ?? default, until, atMost);
    }

    /// <summary>How long the answer may be cached from <paramref name="now"/> on.</summary>
    public TimeSpan MaxAge(DateTimeOffset now)
    {
        if (Until is not { } until)
        {
            return AtMost;
        }

        var left = until - now;
        return left <= TimeSpan.Zero ? WhileDue : left < AtMost ? left : AtMost;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
