using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>What a new book brought of one provider.</summary>
/// <param name="Name"><c>published</c>, <c>revised</c>, <c>stale</c> or <c>failed</c>.</param>
/// <param name="Entry">The provider as it is now.</param>
internal sealed record BookEvent(string Name, ProviderEntry Entry)
{
    /// <summary>Where a client that has read this may go on; null for what is not a sheet.</summary>
    public string? Id => Name is "published" or "revised" && Entry.Sheet is { } sheet ? $"{sheet.Epoch}:{sheet.Version}" : null;

    /// <summary>The event of a provider's sheet.</summary>
    public static BookEvent OfSheet(ProviderEntry entry) => new(entry.Sheet is { Revised: true } ? "revised" : "published", entry);

    /// <summary>What happened between two books, oldest sheet first.</summary>
    public static IReadOnlyList<BookEvent> Between(RateBook before, RateBook after) =>
    [
        .. after.Entries.SelectMany(entry => Of(before.Find(entry.Key), entry)).OrderBy(news => news.Entry.Sheet?.Version ?? 0),
    ];

    private static IEnumerable<BookEvent> Of(ProviderEntry? before, ProviderEntry after)
    {
        if (after.Sheet is { } sheet && SheetVersion.Of(before?.Sheet) != SheetVersion.Of(sheet))
        {
            yield return OfSheet(after);
        }

        if (after.Status is StalenessStatus.Stale or StalenessStatus.Frozen && before is not null && before.Status != after.Status)
        {
            yield return new("stale", after);
        }

        if (after.Stored.Health.Failures > (before?.Stored.Health.Failures ?? 0))
        {
            yield return new("failed", after);
        }
    }
}
