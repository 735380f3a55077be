using Rates.Store;

namespace Rates.Worker;

/// <summary>Computes slots: the instants at which a provider's schedule is due. The result is the same on every worker.</summary>
internal static class SlotCalculator
{
    // An instant further ahead than this was stored under a wrong clock and must not stop the provider.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    // Enough for a daily schedule over a weekend's edge, then for weekly, monthly, quarterly and yearly ones.
    private static readonly TimeSpan[] Reaches =
    [
        TimeSpan.FromHours(26), TimeSpan.FromDays(8), TimeSpan.FromDays(35), TimeSpan.FromDays(100), TimeSpan.FromDays(400),
    ];

    /// <summary>
    /// The latest due instant not after <paramref name="now"/> and after <paramref name="done"/>; null when there is none.
    /// </summary>
    /// <remarks>
    /// Walks forward: looking backward disagrees with looking forward on the night the clocks go back, which would cost one extra
    /// fetch a year per provider. Instants missed in between are passed over, so that a day's absence is made up for by one fetch.
    /// </remarks>
    public static DateTimeOffset? Latest(IDueTimes due, DateTimeOffset? done, DateTimeOffset now)
    {
        var least = done is { } mark && mark <= now + Tolerance ? mark : DateTimeOffset.MinValue;
        foreach (var reach in Reaches)
        {
            var from = now - reach > least ? now - reach : least;
            DateTimeOffset? latest = null;
            for (var next = due.NextAfter(from); next <= now; next = due.NextAfter(next.Value))
            {
                latest = next;
            }

            if (latest is not null || from == least)
            {
                return latest;
            }
        }

        return null;
    }
}
