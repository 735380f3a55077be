using Rates.Core;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>Works out which past days of a provider are fetched next: backward from the first day known, some days at a time.</summary>
internal static class BackfillPlanner
{
    /// <summary>Most requests of one piece of a provider that states no daily quota.</summary>
    public const int MostRequests = ProviderFetch.MostRequests / 2;

    /// <summary>The next piece; null when history is as long as wanted, or as the source has it.</summary>
    /// <param name="provider">The source.</param>
    /// <param name="options">How far back the installation wants it.</param>
    /// <param name="newest">The newest day of the provider's sheet.</param>
    /// <param name="completed">The first day completed so far; null before any.</param>
    /// <param name="today">Today in the source's time zone.</param>
    /// <param name="most">Most requests of the piece.</param>
    public static FetchWindow? Next(
        RateProvider provider, WorkerOptions options, DateOnly newest, DateOnly? completed, DateOnly today,
        int most = MostRequests)
    {
        if (provider.Block.HistoryFrom is not { } first)
        {
            return null;
        }

        var wanted = options.BackfillFrom ?? newest.AddDays(-options.Backfill);
        var goal = wanted > first ? wanted : first;
        var to = (completed ?? newest).AddDays(-1);
        if (to < goal)
        {
            return null;
        }

        return Piece(provider, goal, to, today, most);
    }

    /// <summary>
    /// The last days from <paramref name="first"/> to <paramref name="to"/> that one fetch of at most <paramref name="most"/> requests may
    /// ask for.
    /// </summary>
    public static FetchWindow Piece(RateProvider provider, DateOnly first, DateOnly to, DateOnly today, int most)
    {
        var from = to.DayNumber - first.DayNumber < provider.Block.BackfillDays ? first : to.AddDays(1 - provider.Block.BackfillDays);
        return FetchWindows.Fitting(provider, new FetchWindow(from, to, today), most);
    }
}
