using System.Runtime.CompilerServices;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Reads the series that <c>/v1/history</c> answers where providers are combined. The rate of each day is what <c>/v1/rates</c> answers for
/// that day; a provider's days are read once a year of the range, and not once a day.
/// </summary>
internal sealed class BlendedSeriesReader(
    YearFiguresReader years, KnownEntryReader knownEntries, AnswerScopeReader scopes, TimeProvider time)
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
        ProviderEntry[] entries = [.. ask.Book.Entries];
        await Parallel.ForEachAsync(ask.Providers, cancellationToken, async (index, token) =>
            entries[index] = await knownEntries.ReadAsync(entries[index], ask.Query.Rates.KnownAt, token));
        var walk = new BlendedWalk(ask, entries, time.GetUtcNow(), scopes);
        var (group, last) = (ask.Query.Group, ask.LastDay(time.UtcToday()));
        foreach (var (first, until) in HistoryAsk.Years(ask.From, last))
        {
            walk.Plan(first, until);
            await Parallel.ForEachAsync(walk.Needed, cancellationToken, async (index, token) =>
            {
                if (walk.FirstNeeded(index) is not { } needed)
                {
                    return;
                }

                var entry = entries[index];
                await foreach (var figures in years.ReadAsync(
                    entry, needed, first, until, ask.Query.Rates.KnownAt, keepsYears, token))
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
}
