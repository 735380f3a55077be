using System.Globalization;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Compares newly fetched rates of past days with the stored days around them, and puts those that stay doubtful into quarantine, where
/// operators decide.
/// </summary>
internal sealed class HistoryCheck(
    ProviderTable catalog, ISheetReader sheets, IHistoryReader history, IQuarantine quarantine, WorkerMetrics metrics, TimeProvider time)
{
    /// <summary>
    /// Begins the id of a refused sheet that holds days of the past. Its figures do not concern those of today, so the checks of a
    /// scheduled fetch leave them out.
    /// </summary>
    private const string IdPrefix = "history-";

    /// <summary>Days before and after a doubted figure on which another provider may confirm it.</summary>
    private const int WitnessDays = 4;

    /// <summary>The most figures that one refused sheet holds; the oldest ones, which the next older window is compared with.</summary>
    private const int MostKept = 5_000;

    /// <summary>Whether the refused sheet holds days of the past.</summary>
    public static bool IsHistory(QuarantinedSheet sheet) => sheet.Id.StartsWith(IdPrefix, StringComparison.Ordinal);

    /// <summary>What of <paramref name="rows"/>, which the ingest rules accepted for <paramref name="window"/>, may be stored.</summary>
    /// <returns>The verdict; its unconfirmed pairs are those that have unconfirmed figures in these days or around them.</returns>
    public async Task<IngestVerdict> CheckAsync(
        IReadOnlyList<Observation> rows, FetchWindow window, IngestContext context, CancellationToken cancellationToken)
    {
        var days = HistoryRules.ComparableDays(context.Profile.Calendar.Cadence);
        var stored = await history.ReadHistoryAsync(
            context.Profile.Key, window.From.AddDays(-days), window.To.AddDays(days), cancellationToken);
        return await CheckAsync(new(rows, stored, window.To, null), _ => true, context, cancellationToken);
    }

    /// <summary>
    /// What of the rows of a scheduled fetch may be stored. Its newest figures were compared with those that stand before them; days
    /// before, which many sources send along, were not. A figure that is stored already is not doubted again.
    /// </summary>
    /// <param name="rows">The rows that the ingest rules accepted.</param>
    /// <param name="previous">The provider's latest sheet; null when there is none.</param>
    /// <param name="context">Whose rows they are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IngestVerdict> CheckOlderAsync(
        IReadOnlyList<Observation> rows, RateSheet? previous, IngestContext context, CancellationToken cancellationToken)
    {
        var newest = rows.Concat(previous?.Observations ?? []).GroupBy(Series)
            .ToDictionary(series => series.Key, series => series.Max(row => row.AsOf));
        var (first, last) = rows.Count == 0 ? default : (rows.Min(row => row.AsOf), rows.Max(row => row.AsOf));
        bool IsOlder(Observation row) => row.AsOf < newest[Series(row)] || last < previous?.AsOf;
        if (!rows.Any(IsOlder))
        {
            return new(rows, [], []);
        }

        var days = HistoryRules.ComparableDays(context.Profile.Calendar.Cadence);
        var stored = await HistoryOfAsync(context.Profile.Key, first.AddDays(-days), last, cancellationToken);
        var known = stored.Select(Figure).ToHashSet();
        var verdict = await CheckAsync(
            new(rows, stored, last, previous?.AsOf), row => IsOlder(row) && !known.Contains(Figure(row)), context, cancellationToken);

        // The newest figures have the marks that the ingest rules gave them.
        var marks = rows.Where(row => !IsOlder(row)).ToDictionary(Figure, row => row.IsUnconfirmed);
        return verdict with
        {
            Accepted =
            [
                .. verdict.Accepted.Select(row => marks.TryGetValue(Figure(row), out var mark) ? row with { IsUnconfirmed = mark } : row),
            ],
        };
    }

    private static (CurrencyPair, RateKind) Series(Observation row) => (row.Pair, row.Kind);

    private static (DateOnly, CurrencyPair, RateKind, decimal) Figure(Observation row) => (row.AsOf, row.Pair, row.Kind, row.Rate);

    /// <param name="past">The rows and what they are compared with.</param>
    /// <param name="mayRefuse">Rows for which it is false are accepted in any case.</param>
    /// <param name="context">Whose rows they are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<IngestVerdict> CheckAsync(
        PastRows past, Func<Observation, bool> mayRefuse, IngestContext context, CancellationToken cancellationToken)
    {
        var kept = await quarantine.ReadQuarantineAsync(context.Profile.Key, cancellationToken);
        context = context with { EarlierRefused = [.. kept.Where(IsHistory).SelectMany(sheet => sheet.Observations)] };
        var verdict = past.Judge(mayRefuse, context);
        var inDoubt = past.Rows.Where(mayRefuse).Where(row => verdict.Doubtful.Contains(row.Pair)).ToList();
        if (inDoubt.Count > 0)
        {
            // Witnesses need a read of every provider's history, so they are read only when there is a doubt.
            var refusedRows = verdict.Refused.Select(row => row.Observation).ToHashSet();
            var asked = inDoubt.GroupBy(Series).SelectMany(series =>
                series.Where(refusedRows.Contains).DefaultIfEmpty(series.MaxBy(row => row.AsOf)));
            var witnesses = await WitnessesAsync(context.Profile, [.. asked], cancellationToken);
            verdict = past.Judge(mayRefuse, context with { PastWitnesses = witnesses });
        }

        var refused = verdict.Refused.Where(row => mayRefuse(row.Observation)).ToList();
        if (refused.Count > 0)
        {
            await KeepAsideAsync(context.Profile.Key, refused, kept, cancellationToken);
        }

        var doubted = refused.Select(row => Figure(row.Observation)).ToHashSet();
        var marked = verdict.Accepted.Where(row => row.IsUnconfirmed).Select(Figure).ToHashSet();
        return new(
            [
                .. past.Rows.Where(row => !doubted.Contains(Figure(row)))
                    .Select(row => marked.Contains(Figure(row)) ? row with { IsUnconfirmed = true } : row),
            ], refused, [])
        {
            Unconfirmed = [.. past.Stored.Where(figure => figure.IsUnconfirmed).Select(figure => figure.Pair).Distinct()],
        };
    }

    private async Task<IReadOnlyList<IReadOnlyList<Observation>>> WitnessesAsync(
        ProviderProfile profile, IReadOnlyList<Observation> doubted, CancellationToken cancellationToken)
    {
        var pairs = doubted.Select(row => row.Pair).Distinct().ToList();
        var days = doubted.SelectMany(row => Around(row.AsOf)).ToHashSet();
        List<IReadOnlyList<Observation>> witnesses = [];
        HashSet<string> heard = new(StringComparer.Ordinal) { profile.Independence };
        foreach (var key in (await sheets.ReadIndexAsync(cancellationToken)).Sheets.Keys.Order(StringComparer.Ordinal))
        {
            // Who takes part in blends of a day is a witness of that day, as for today's figures.
            if (catalog.Find(key)?.Block.Profile(key) is { } other && !heard.Contains(other.Independence)
                && days.Where(day => WitnessRule.WhyNotByDefault(other, day) is null).ToHashSet() is { Count: > 0 } eligible
                && await HistoryOfAsync(key, eligible.Min(), eligible.Max(), cancellationToken) is { Count: > 0 } published)
            {
                heard.Add(other.Independence);
                witnesses.Add(
                [
                    .. from day in published.GroupBy(figure => figure.AsOf)
                       where eligible.Contains(day.Key)
                       let crosses = CrossRates.Of([.. day], other.Pivot)
                       from cross in pairs.Select(crosses.Find).OfType<CrossRate>()
                       select new Observation(cross.AsOf, cross.Pair, cross.Rate, cross.Kind),
                ]);
            }
        }

        return witnesses;
    }

    private async Task<IReadOnlyList<Observation>> HistoryOfAsync(
        string provider, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        try
        {
            return await history.ReadHistoryAsync(provider, first, last, cancellationToken);
        }
        catch (CorruptSheetException)
        {
            // Nothing can be compared with it then; whoever reads that history reports the damage.
            return [];
        }
    }

    private async Task KeepAsideAsync(
        string provider, List<RefusedObservation> refused, IReadOnlyList<QuarantinedSheet> kept, CancellationToken cancellationToken)
    {
        metrics.Refused(provider, refused.Count);
        var reasons = IngestCheck.Reasons(refused);
        Observation[] figures =
            [.. UnconfirmedMarks.Cleared(refused.Select(row => row.Observation)).OrderBy(figure => figure.AsOf).Take(MostKept)];
        // A window is fetched again when storing it failed: once on the list is enough.
        if (figures.Length > 0 && !kept.Any(sheet => sheet.Reasons.SequenceEqual(reasons) && sheet.Observations.SequenceEqual(figures)))
        {
            var now = time.GetUtcNow();
            var id = string.Create(CultureInfo.InvariantCulture, $"{IdPrefix}{now.ToUnixTimeMilliseconds()}");
            await quarantine.QuarantineAsync(new(id, now, provider, now, reasons, "", figures), cancellationToken);
        }
    }

    private static IEnumerable<DateOnly> Around(DateOnly day) => Enumerable.Range(-WitnessDays, 2 * WitnessDays + 1).Select(day.AddDays);

    /// <summary>Newly fetched rates of past days, and the stored rates that they are compared with.</summary>
    /// <param name="Rows">The rows.</param>
    /// <param name="Stored">Stored figures of their days and of the days around them.</param>
    /// <param name="Newest">The newest day of the document.</param>
    /// <param name="Published">The newest published day; null when it does not matter.</param>
    private sealed record PastRows(
        IReadOnlyList<Observation> Rows, IReadOnlyList<Observation> Stored, DateOnly Newest, DateOnly? Published)
    {
        public IngestVerdict Judge(Func<Observation, bool> mayRefuse, IngestContext context)
        {
            var restated = RestatementRules.Check(Rows.Where(mayRefuse), Stored, Newest, Published, context);
            var aside = restated.Select(row => row.Observation).ToHashSet();
            var verdict = HistoryRules.Check([.. Rows.Where(row => !aside.Contains(row))], Stored, context);
            return verdict with
            {
                Refused = [.. restated, .. verdict.Refused],
                Doubtful = [.. restated.Select(row => row.Observation.Pair).Union(verdict.Doubtful)],
            };
        }
    }
}
