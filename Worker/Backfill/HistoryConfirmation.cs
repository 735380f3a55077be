using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Takes the mark "unconfirmed" off stored rates of past days, once rates of later days confirm them.</summary>
internal sealed class HistoryConfirmation(IHistory history)
{
    private const int Year = 366;

    /// <summary>
    /// Takes the marks off <paramref name="confirmed"/>, and off the figures of the days up to <paramref name="newest"/> that later
    /// confirmed figures confirm. It follows them backward as far as they go.
    /// </summary>
    /// <param name="profile">The provider.</param>
    /// <param name="confirmed">Figures that are confirmed in any case; may be empty.</param>
    /// <param name="newest">The newest day that is looked at.</param>
    /// <param name="now">When they are confirmed, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task ConfirmAsync(
        ProviderProfile profile, IReadOnlyList<Observation> confirmed, DateOnly newest, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await history.ConfirmHistoryAsync(profile.Key, confirmed, now, cancellationToken);
        var near = HistoryRules.ComparableDays(profile.Calendar.Cadence);
        var (from, to) = (newest.AddDays(-near), newest);
        List<Observation> read = [];
        while (true)
        {
            read.AddRange(await history.ReadHistoryAsync(profile.Key, from, to, cancellationToken));
            var found = UnconfirmedMarks.Confirmed(read);
            if (found.Count == 0)
            {
                return;
            }

            // Where they go on to the first days that were read, the days before are looked at as well.
            if (found.Min(figure => figure.AsOf) > from.AddDays(near))
            {
                await history.ConfirmHistoryAsync(profile.Key, found, now, cancellationToken);
                return;
            }

            (from, to) = (from.AddDays(-Year), from.AddDays(-1));
        }
    }
}
