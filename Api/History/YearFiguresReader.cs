using System.Runtime.CompilerServices;

namespace Rates.Api;

/// <summary>Reads the figures that the days of a history need of one provider, one year of days after another.</summary>
internal sealed class YearFiguresReader(HistoryYearCache years, ProviderDayReader days)
{
    /// <summary>The figures that days of one year need and that were not read for the years before.</summary>
    /// <param name="entry">The provider.</param>
    /// <param name="needed">The first day whose figures are needed: before <paramref name="first"/> for the first year only.</param>
    /// <param name="first">First of the days, included.</param>
    /// <param name="until">Last of the days, included, in the same year.</param>
    /// <param name="knownAt">The figures are those that were known at this instant; null for those known now.</param>
    /// <param name="keepsYears">Whether the year that is read stays in memory for other requests.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Rates.Store.StoreUnavailableException">The store did not answer within its deadline.</exception>
    public async IAsyncEnumerable<PackedFigures> ReadAsync(
        ProviderEntry entry, DateOnly needed, DateOnly first, DateOnly until, DateTimeOffset? knownAt, bool keepsYears,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (knownAt is { } instant)
        {
            yield return new(await days.ReadAsync(entry, needed, until, instant, cancellationToken));
            yield break;
        }

        var start = new DateOnly(first.Year, 1, 1);
        if (needed < start)
        {
            yield return new(await days.ReadAsync(entry, needed, start.AddDays(-1), cancellationToken));
        }

        yield return await years.ReadAsync(entry, first.Year, keepsYears, cancellationToken);
    }
}
