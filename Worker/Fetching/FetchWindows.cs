using Rates.Core;
using Rates.Providers;

namespace Rates.Worker.Fetching;

/// <summary>Which days a fetch asks for, in the source's own calendar.</summary>
internal static class FetchWindows
{
    // What a source publishes for later days lies no further ahead: a long weekend.
    private const int DaysAhead = 4;
    private const int MostMissed = 10;

    /// <summary>
    /// The days of a slot: from <see cref="ProviderBlock.Lookback"/> days before the slot's day up to it, or a few days further
    /// at a source that publishes for days to come. Days since the source last confirmed anything are asked for as well, at most
    /// ten, so that an outage leaves no gap. Of a closed history, everything.
    /// </summary>
    /// <param name="block">The source's.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="now">The instant of the fetch.</param>
    /// <param name="confirmed">When the source was last asked with success; null when never.</param>
    public static FetchWindow Of(ProviderBlock block, DateTimeOffset slot, DateTimeOffset now, DateTimeOffset? confirmed)
    {
        var (day, today) = (Local(slot, block), Local(now, block));
        if (block.Calendar.Cadence == Cadence.None)
        {
            return new(block.HistoryFrom is { } first && first < today ? first : today, today, today);
        }

        var since = confirmed is { } at && Local(at, block) is var last && last < day ? Later(last, day.AddDays(-MostMissed)) : day;
        return new(since.AddDays(-block.Lookback), block.Calendar.Lag < 0 ? day.AddDays(DaysAhead) : day, today);
    }

    /// <summary>A window for a source of which nothing is known yet and which had nothing in <paramref name="window"/>: it reaches back to its last publication.</summary>
    public static FetchWindow Wider(FetchWindow window, Cadence cadence) => window with
    {
        From = window.From.AddDays(cadence switch { Cadence.Weekly => -21, Cadence.Monthly => -70, Cadence.Quarterly => -200, _ => -10 }),
    };

    /// <summary>About how many requests a fetch may need: those for ten days, a step counting double. The same on every worker.</summary>
    public static int UsualRequests(RateProvider provider, DateTimeOffset slot)
    {
        var window = Of(provider.Block, slot, slot, null);
        return provider.Requests(window with { From = window.From.AddDays(-MostMissed) }).Take(10).Sum(request => request.IsStep ? 2 : 1);
    }

    /// <summary>The day of an instant in the source's time zone.</summary>
    public static DateOnly Local(DateTimeOffset instant, ProviderBlock block) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(block.Calendar.Zone)).DateTime);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
