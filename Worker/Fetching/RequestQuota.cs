using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Counts the requests to providers that allow only some a day (<see cref="ProviderBlock.DailyQuota"/>), in the store, where all workers
/// share the count. A request that is not counted is not sent.
/// </summary>
internal sealed class RequestQuota(IQuotas quotas, ScheduleTable table, StoreClock time)
{
    /// <summary>What counts each request of a fetch before it is sent; null for a provider without a quota.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="planned">Requests that the fetch needs; it does not begin when fewer are left.</param>
    /// <param name="leavesForSchedule">True for a back-fill: as many are left as the schedule needs for the rest of the day.</param>
    public Func<CancellationToken, Task>? CounterOf(RateProvider provider, int planned, bool leavesForSchedule)
    {
        if (provider.Block.DailyQuota == 0)
        {
            return null;
        }

        var needed = Math.Max(1, planned);
        return async cancellationToken =>
        {
            await CountAsync(provider, needed, leavesForSchedule, cancellationToken);
            needed = 1;
        };
    }

    /// <summary>Most requests that one piece of a back-fill may need, so that a day's quota has room for it beside the schedule.</summary>
    public int MostOfBackfill(RateProvider provider)
    {
        if (provider.Block.DailyQuota == 0)
        {
            return BackfillPlanner.MostRequests;
        }

        var (from, until) = Today(provider.Block, time.GetUtcNow());
        return Math.Clamp(provider.Block.DailyQuota - ForSchedule(provider, from, until), 1, BackfillPlanner.MostRequests);
    }

    private async Task CountAsync(RateProvider provider, int needed, bool leavesForSchedule, CancellationToken cancellationToken)
    {
        var (limit, now) = (provider.Block.DailyQuota, time.GetUtcNow());
        while (true)
        {
            var (from, until) = Today(provider.Block, now);
            var kept = leavesForSchedule ? ForSchedule(provider, now, until) : 0;
            var count = await quotas.CountRequestAsync(
                provider.Key, new(limit, needed - 1 + kept, from, until), cancellationToken);
            switch (count.Verdict)
            {
                case QuotaVerdict.Granted:
                    return;
                case QuotaVerdict.Used:
                    throw new ProviderException(
                        ProviderFault.QuotaUsed, provider.Key, $"{Reason(limit, count.Used, needed, kept)}; next at {count.Until:u}")
                    { NotBefore = count.Until };
                default:
                    now = count.Now;
                    break;
            }
        }
    }

    private static string Reason(int limit, int used, int needed, int kept) =>
        used >= limit ? $"daily quota of {limit} requests used"
        : kept == 0 ? $"daily quota of {limit} requests: {used} are used, and this fetch needs {needed}"
        : $"daily quota of {limit} requests: {used} are used, {kept} are kept for the schedule, and this back-fill needs {needed}";

    /// <summary>
    /// Requests that the schedule needs from <paramref name="from"/>, exclusive, until <paramref name="until"/>, and for one fetch more: a
    /// slot may be due already, or be tried again. No more than the quota.
    /// </summary>
    private int ForSchedule(RateProvider provider, DateTimeOffset from, DateTimeOffset until)
    {
        if (table.Find(provider.Key) is not { } schedule)
        {
            return 0;
        }

        var each = FetchWindows.RequestsOf(provider, FetchWindows.Usual(provider.Block, from, from, from));
        var needed = each;
        for (var next = schedule.Due.NextAfter(from); next < until && needed < provider.Block.DailyQuota;
            next = schedule.Due.NextAfter(next.Value))
        {
            needed += each;
        }

        return Math.Min(needed, provider.Block.DailyQuota);
    }

    private static (DateTimeOffset From, DateTimeOffset Until) Today(ProviderBlock block, DateTimeOffset now)
    {
        var zone = block.QuotaZone.Length > 0 ? LocalTime.Zone(block.QuotaZone) : TimeZoneInfo.Utc;
        var day = LocalTime.Day(now, zone);
        return (LocalTime.Instant(day, TimeOnly.MinValue, zone), LocalTime.Instant(day.AddDays(1), TimeOnly.MinValue, zone));
    }
}
