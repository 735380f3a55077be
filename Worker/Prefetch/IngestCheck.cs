using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Checks newly fetched rates by the rules of <see cref="IngestRules"/>. What they refuse or doubt is compared with other providers and
/// with earlier refused rates, and checked again.
/// </summary>
internal sealed class IngestCheck(
    ProviderTable catalog, ISheetReader sheets, IQuarantineReader quarantine, ShippedSheets shipped, WorkerMetrics metrics)
{
    /// <summary>What of <paramref name="fetched"/> may be stored.</summary>
    public async Task<IngestVerdict> CheckAsync(
        ProviderProfile profile, FetchedRates fetched, RateSheet? previous, DateOnly today, CancellationToken cancellationToken)
    {
        var candidate = fetched.Observations;
        var context = new IngestContext
        {
            Profile = profile,
            Previous = previous,
            Today = today,
            RefusedLabels = fetched.RefusedLabels,
            Standing = fetched.Standing,
            Shipped = shipped.Find(profile.Key),
        };
        var verdict = IngestRules.Check(candidate, context);
        if (verdict.Doubtful.Count > 0 || verdict.SheetReasons.Count > 0)
        {
            // Comparing with other providers reads every sheet, so it is done only when something was refused.
            verdict = IngestRules.Check(candidate, context with
            {
                Witnesses = await WitnessesAsync(profile, candidate, verdict.Doubtful, today, cancellationToken),
                EarlierRefused = await EarlierRefusedAsync(profile.Key, previous, cancellationToken),
            });
            if (verdict.Refused.Count > 0 || verdict.SheetReasons.Count > 0)
            {
                metrics.Refused(profile.Key, verdict.SheetReasons.Count > 0 ? candidate.Count : verdict.Refused.Count);
            }
        }

        return verdict;
    }

    /// <summary>The reasons of refusals, one line per kind of reason: the first figure in full and the count of the others.</summary>
    public static IReadOnlyList<string> Reasons(IReadOnlyList<RefusedObservation> refused) =>
    [
        .. refused.GroupBy(row => row.Reason.Split(' ', ':')[0], StringComparer.Ordinal)
            .Select(
                kind => $"{kind.First().Observation}: {kind.First().Reason}{(kind.Count() > 1 ? $" (and {kind.Count() - 1} more)" : "")}"),
    ];

    /// <summary>The figures of the newest day and the <paramref name="days"/> before it.</summary>
    public static IReadOnlyList<Observation> Newest(IReadOnlyList<Observation> observations, int days)
    {
        var first = observations.Max(observation => observation.AsOf).AddDays(-days);
        return [.. observations.Where(observation => observation.AsOf >= first)];
    }

    /// <summary>
    /// What was refused of days after the published figure of the same pair and kind: once a good figure has followed a refused one, the
    /// refused level is not repeated but over. Of each refused document only the newest day counts, because it is one publication, however
    /// many days it holds.
    /// </summary>
    private async Task<IReadOnlyList<Observation>> EarlierRefusedAsync(
        string provider, RateSheet? previous, CancellationToken cancellationToken)
    {
        var published = (previous?.Observations ?? []).GroupBy(Series)
            .ToDictionary(series => series.Key, series => series.Max(figure => figure.AsOf));
        return
        [
            .. (await quarantine.ReadQuarantineAsync(provider, cancellationToken))
                .Where(sheet => !HistoryCheck.IsHistory(sheet))
                .SelectMany(sheet => sheet.Observations.GroupBy(Series).Select(series => series.MaxBy(figure => figure.AsOf)))
                .Where(figure => figure.AsOf > published.GetValueOrDefault(Series(figure))),
        ];

        static (CurrencyPair, RateKind) Series(Observation figure) => (figure.Pair, figure.Kind);
    }

    private async Task<IReadOnlyList<Observation>> WitnessesAsync(
        ProviderProfile profile, IReadOnlyList<Observation> candidate, IReadOnlyList<CurrencyPair> pairs, DateOnly today,
        CancellationToken cancellationToken)
    {
        if (pairs.Count == 0)
        {
            return [];
        }

        var witnesses = new IngestWitnesses(profile, pairs, today) { Candidate = candidate };
        foreach (var key in (await sheets.ReadIndexAsync(cancellationToken)).Sheets.Keys.Order(StringComparer.Ordinal))
        {
            if (catalog.Find(key)?.Block.Profile(key) is { } other && witnesses.Admits(other)
                && await SheetAsync(key, cancellationToken) is { } sheet)
            {
                witnesses.Add(other, CrossRates.Of(sheet.Observations, other.Pivot));
            }
        }

        return witnesses.Rates;
    }

    private async Task<RateSheet?> SheetAsync(string provider, CancellationToken cancellationToken)
    {
        try
        {
            return await sheets.ReadSheetAsync(provider, cancellationToken);
        }
        catch (CorruptSheetException)
        {
            // It is not compared with; its own next fetch reports the damage and publishes over it.
            return null;
        }
    }
}
