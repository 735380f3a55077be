using System.Runtime.CompilerServices;

namespace Rates.Api;

/// <summary>
/// Reads the series that <c>/v1/history</c> answers where providers are combined. The rate of each day is what <c>/v1/rates</c> answers for
/// that day; a provider's days are read once a year of the range, and not once a day.
/// </summary>
internal sealed class BlendedSeriesReader(HistoryYearCache years, ProviderDayReader days, AnswerScopeReader scopes, TimeProvider time)
{
    /// <summary>
    /// The series of all quotes; of each year in turn where rows are written and days are not grouped.
    /// </summary>
    /// <param name="ask">What is asked for, with a selection.</param>
    /// <param name="byYear">True where rows are written.</param>
    /// <param name="keepsYears">Whether the years that are read stay in memory for other requests.</param>
    /// <param name="lack">Receives the providers that are used for nothing, and the quotes without rates.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Rates.Store.StoreUnavailableException">The store did not answer within its deadline.</exception>
    public async IAsyncEnumerable<IReadOnlyList<ReadySeries>> ReadAsync(
        HistoryAsk ask, bool byYear, bool keepsYears, HistoryLack lack, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var walk = new BlendedWalk(ask, time.GetUtcNow(), scopes);
        var (group, last) = (ask.Query.Group, walk.LastDay < ask.To ? walk.LastDay : ask.To);
        for (var year = ask.From.Year; year <= last.Year; year++)
        {
            var first = year == ask.From.Year ? ask.From : new(year, 1, 1);
            var until = year == last.Year ? last : new(year, 12, 31);
            walk.Plan(first, until);
            await Parallel.ForEachAsync(walk.Needed, cancellationToken, async (index, token) =>
            {
                await foreach (var figures in FiguresAsync(walk, index, first, until, keepsYears, token))
                {
                    walk.DaysOf(index).Add(figures);
                }
            });
            walk.Go(cancellationToken);
            if (byYear && group == DayGroup.Day && walk.Take() is { Count: > 0 } some)
            {
                yield return some;
            }
        }

        if (walk.Take() is { Count: > 0 } rest)
        {
            yield return rest;
        }

        walk.Explain(lack);
    }

    // The figures of the days of a year that were not given before. The first time, those of the days before as well that may be needed.
    private async IAsyncEnumerable<PackedFigures> FiguresAsync(
        BlendedWalk walk, ushort index, DateOnly first, DateOnly until, bool keepsYears,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entry = walk.Ask.Book.Entries[index];
        if (walk.FirstNeeded(index) is not { } needed)
        {
            yield break;
        }

        var start = new DateOnly(first.Year, 1, 1);
        if (walk.Ask.Query.Rates.KnownAt is { } knownAt)
        {
            yield return new(await days.ReadAsync(entry, needed, until, knownAt, cancellationToken));
            yield break;
        }

        if (needed < start)
        {
            yield return new(await days.ReadAsync(entry, needed, start.AddDays(-1), cancellationToken));
        }

        yield return await years.ReadAsync(entry, first.Year, keepsYears, cancellationToken);
    }
}
