using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>The data that one view of the operators' page is written from, read once from the store.</summary>
/// <param name="Book">Providers and their sheets.</param>
/// <param name="IsStoreUp">Whether the store answered last.</param>
/// <param name="Runs">The last fetches, newest first.</param>
/// <param name="Workers">The workers with a heartbeat in the last ten minutes.</param>
/// <param name="Caller">Who looks.</param>
/// <param name="Now">When.</param>
internal sealed record OpsPageData(
    RateBook Book, bool IsStoreUp, IReadOnlyList<FetchRun> Runs, IReadOnlyList<WorkerView> Workers, Caller Caller,
    DateTimeOffset Now)
{
    /// <summary>How many workers are alive: they sent a heartbeat in the last 30 seconds.</summary>
    public int WorkersAlive => Workers.Count(worker => worker.IsAlive);

    /// <summary>The providers that a filter of the top line shows, in order of their keys.</summary>
    public IEnumerable<ProviderEntry> Shown(string filter) =>
        Book.Entries.Where(entry => filter switch
        {
            "late" => IsLate(entry),
            "failed" => entry.Stored.Health.Failures > 0,
            "quarantined" => entry.Stored.Health.Quarantined > 0,
            "off" => !entry.Stored.Profile.Enabled || entry.Stored.Schedule is { IsActive: false },
            "all" => true,
            _ => entry.Stored.Profile.Enabled,
        }).OrderBy(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>How many providers a filter shows.</summary>
    public int Count(string filter) => Shown(filter).Count();

    private static bool IsLate(ProviderEntry entry) =>
        entry.Stored.Profile.Enabled && entry.Status is StalenessStatus.Stale or StalenessStatus.Frozen;
}
