namespace Rates.Core;

/// <summary>Joins newly accepted observations with the sheet that stands.</summary>
public static class SheetMerge
{
    /// <summary>The sheet after <paramref name="accepted"/>; null when there is nothing at all.</summary>
    public static RateSheet? Merge(
        RateSheet? previous, IReadOnlyList<Observation> accepted, ProviderProfile profile, DateTimeOffset fetchedAt, DateTimeOffset? publishedAt, string? source) =>
        accepted.Count == 0 ? previous : new RateSheet
        {
            Provider = profile.Key, AsOf = accepted.Max(o => o.AsOf), FetchedAt = fetchedAt, CheckedAt = fetchedAt,
            PublishedAt = publishedAt, Source = source, Observations = accepted,
        };

    /// <summary>Whether both sheets hold the same figures.</summary>
    public static bool SameFigures(RateSheet? one, RateSheet? other) =>
        one is null || other is null ? one is null && other is null : one.Observations.SequenceEqual(other.Observations);
}
