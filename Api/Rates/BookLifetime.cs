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
        var (until, modified) = (long.MaxValue, 0L);
        var isSettled = true;
        ProviderEntry? newest = null;
        foreach (var index in indexes)
        {
            ref readonly var pieces = ref book.Pieces[index];
            until = Math.Min(until, pieces.UntilTicks);
            isSettled &= pieces.IsSettled;
            if (pieces.ModifiedTicks > modified)
            {
                (modified, newest) = (pieces.ModifiedTicks, pieces.Entry);
            }
        }

        return new(
            newest?.ModifiedAtText,
            until == long.MaxValue ? null : new DateTimeOffset(until, TimeSpan.Zero),
            isSettled ? Longest : WhileStale);
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
}
