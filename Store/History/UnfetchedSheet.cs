using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Makes the latest rates of a provider that has no sheet yet, of its newest stored days: a back-fill or an imported archive may come
/// before the first fetch.
/// </summary>
public static class UnfetchedSheet
{
    /// <summary>Days after the present one whose figures count as the latest: some sources publish those of a coming day.</summary>
    public const int MostDaysAhead = 7;

    // Older ones are no latest rates.
    private const int MostDays = 400;

    /// <summary>
    /// The sheet that the newest confirmed figures make; null when none is stored of the 400 days before <paramref name="now"/> and the
    /// seven after it. It has no epoch and the version 0, so that a published one is later than it.
    /// </summary>
    /// <param name="history">The stored days.</param>
    /// <param name="profile">The provider.</param>
    /// <param name="now">The present time; the next publication is due after it, however long ago the days were fetched.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CorruptSheetException">What is stored of one of the days cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer within its deadline.</exception>
    public static async Task<RateSheet?> ReadAsync(
        IHistoryReader history, ProviderProfile profile, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(profile);
        var last = DateOnly.FromDateTime(now.UtcDateTime).AddDays(MostDaysAhead);
        var days = await history.ReadDaysAsync(profile.Key, last.AddDays(-MostDays), last, cancellationToken);
        Observation[] confirmed = [.. days.SelectMany(day => day.Figures).Where(figure => !figure.IsUnconfirmed)];
        var figures = SheetMerge.InUse(confirmed, profile.Calendar.Cadence);
        var used = figures.Select(figure => figure.AsOf).ToHashSet();
        return used.Count == 0 ? null : SheetMerge.Merge(
            null, figures, profile, days.Where(day => used.Contains(day.Day)).Max(day => day.FetchedAt), null, null)! with
        {
            NextExpectedAt = Staleness.NextExpectedAt(profile.Calendar, now),
        };
    }
}
