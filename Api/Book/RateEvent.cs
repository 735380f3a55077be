using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// One change of a provider's latest rates or of their age, such as published or stale, to be sent to clients of <c>/v1/events</c>.
/// </summary>
/// <param name="Name"><c>published</c>, <c>revised</c>, <c>stale</c> or <c>failed</c>.</param>
/// <param name="Entry">The provider's entry after the change.</param>
internal sealed record RateEvent(string Name, ProviderEntry Entry)
{
    /// <summary>The epoch and the version under which the sheet was published, from which a client can resume; null for an event that is
    /// not about a published sheet.</summary>
    public string? Id => Published is { Epoch.Length: > 0 } version ? $"{version.Epoch}:{version.Version}" : null;

    /// <summary>The version under which the sheet was published; null for an event that is not about a published sheet.</summary>
    public SheetVersion? Published => Name is "published" or "revised" ? SheetVersion.PublishedOf(Entry.Sheet) : null;

    /// <summary>
    /// The event of a new sheet: <c>revised</c> when it changed figures of a day already published, else <c>published</c>.
    /// </summary>
    public static RateEvent OfSheet(ProviderEntry entry) => new(entry.Sheet is { Revised: true } ? "revised" : "published", entry);

    /// <summary>Every change between two books, oldest sheet first.</summary>
    public static IReadOnlyList<RateEvent> Between(RateBook before, RateBook after) =>
    [
        .. after.Entries.SelectMany(entry => Of(before.Find(entry.Key), entry))
            .OrderBy(change => change.Entry.Sheet?.PublishedVersion ?? 0),
    ];

    private static IEnumerable<RateEvent> Of(ProviderEntry? before, ProviderEntry after)
    {
        if (after.Sheet is not null && !SheetComparison.IsSame(before?.Sheet, after.Sheet))
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
