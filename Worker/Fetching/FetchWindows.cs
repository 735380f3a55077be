using Rates.Core;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>Decides which days' rates a fetch requests from a source, in the source's own calendar.</summary>
internal static class FetchWindows
{
    // What a source publishes for later days lies no further ahead: a long weekend.
    private const int DaysAhead = 4;
    private const int MostMissed = 10;

    /// <summary>
    /// What a slot asks for: windows to be tried in order until one has figures. Where something is known of the source, its
    /// <see cref="Usual"/> window. Else that and then a wider one, which reaches its last publication; and of a closed history
    /// piece after piece, the newest first.
    /// </summary>
    /// <param name="block">The source's.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="now">The instant of the fetch.</param>
    /// <param name="confirmed">When the source was last asked with success; null when nothing is known of it.</param>
    public static IEnumerable<FetchWindow> Of(ProviderBlock block, DateTimeOffset slot, DateTimeOffset now, DateTimeOffset? confirmed) =>
        block.Calendar.Cadence == Cadence.None ? Pieces(block, Local(now, block))
        : confirmed is { } at ? [Usual(block, slot, now, at)]
        : [Usual(block, slot, now, slot), Wider(Usual(block, slot, now, slot), block.Calendar.Cadence)];

    /// <summary>
    /// From <see cref="ProviderBlock.Lookback"/> days before the slot's day up to it, or a few days further at a source that
    /// publishes for days to come. Days since the source last confirmed anything are requested as well, at most ten, so that an
    /// outage leaves no gap.
    /// </summary>
    public static FetchWindow Usual(ProviderBlock block, DateTimeOffset slot, DateTimeOffset now, DateTimeOffset confirmed)
    {
        var (day, last) = (Local(slot, block), Local(confirmed, block));
        var since = last < day ? Later(last, day.AddDays(-MostMissed)) : day;
        return new(since.AddDays(-block.Lookback), block.Calendar.Lag < 0 ? day.AddDays(DaysAhead) : day, Local(now, block));
    }

    /// <summary>About how many requests a fetch may need: those for ten days, a step counting double. The same on every worker.</summary>
    public static int UsualRequests(RateProvider provider, DateTimeOffset slot)
    {
        var window = Usual(provider.Block, slot, slot, slot);
        return provider.Block.Calendar.Cadence == Cadence.None
            ? MostMissed
            : Count(provider.Requests(window with { From = window.From.AddDays(-MostMissed) }).Take(MostMissed));
    }

    /// <summary>About how many requests a window needs, a step counting double.</summary>
    public static int RequestsOf(RateProvider provider, FetchWindow window) =>
        Count(provider.Requests(window).Take(ProviderFetch.MostRequests + 1));

    private static int Count(IEnumerable<ProviderRequest> requests) => requests.Sum(request => request.IsStep ? 2 : 1);

    /// <summary>The later part of the window that <paramref name="most"/> requests bring; its last day at the least.</summary>
    public static FetchWindow Fitting(RateProvider provider, FetchWindow window, int most)
    {
        while (window.Length > 1 && RequestsOf(provider, window) > most)
        {
            window = window with { From = window.From.AddDays(window.Length / 2) };
        }

        return window;
    }

    /// <summary>The day of an instant in the source's time zone.</summary>
    public static DateOnly Local(DateTimeOffset instant, ProviderBlock block) =>
        LocalTime.Day(instant, block.Calendar.Zone);

    private static FetchWindow Wider(FetchWindow window, Cadence cadence) => window with
    {
        From = window.From.AddDays(cadence switch { Cadence.Weekly => -21, Cadence.Monthly => -70, Cadence.Quarterly => -200, _ => -10 }),
    };

    private static IEnumerable<FetchWindow> Pieces(ProviderBlock block, DateOnly today)
    {
        for (var to = today; to >= (block.HistoryFrom ?? today); to = to.AddDays(-block.BackfillDays))
        {
            yield return new(Later(to.AddDays(1 - block.BackfillDays), block.HistoryFrom ?? today), to, today);
        }
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
