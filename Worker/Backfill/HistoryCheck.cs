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
    public async Task<IngestVerdict> CheckAsync(
        IReadOnlyList<Observation> rows, FetchWindow window, IngestContext context, CancellationToken cancellationToken)
    {
        var days = HistoryRules.ComparableDays(context.Profile.Calendar.Cadence);
        IReadOnlyList<Observation> around =
        [
            .. await history.ReadHistoryAsync(context.Profile.Key, window.From.AddDays(-days), window.From.AddDays(-1), cancellationToken),
            .. await history.ReadHistoryAsync(context.Profile.Key, window.To.AddDays(1), window.To.AddDays(days), cancellationToken),
        ];
        return await CheckAsync(rows, around, _ => true, context, cancellationToken);
    }

    /// <summary>
    /// Which of the rows of a scheduled fetch may not be stored. Its newest figures were compared with those that stand before them; days
    /// before, which many sources send along, were not. A figure that is stored already is not doubted again.
    /// </summary>
    /// <param name="rows">The rows that the ingest rules accepted.</param>
    /// <param name="context">Whose rows they are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<RefusedObservation>> DoubtOlderAsync(
        IReadOnlyList<Observation> rows, IngestContext context, CancellationToken cancellationToken)
    {
        var newest = rows.GroupBy(row => (row.Pair, row.Kind)).ToDictionary(series => series.Key, series => series.Max(row => row.AsOf));
        var older = rows.Where(row => row.AsOf < newest[(row.Pair, row.Kind)]).Select(row => row.AsOf).ToHashSet();
        if (older.Count == 0)
        {
            return [];
        }

        var (first, last) = (rows.Min(row => row.AsOf), rows.Max(row => row.AsOf));
        var days = HistoryRules.ComparableDays(context.Profile.Calendar.Cadence);
        var stored = await HistoryOfAsync(context.Profile.Key, first.AddDays(-days), last, cancellationToken);
        var known = stored.Select(Figure).ToHashSet();
        var around = stored.Where(figure => figure.AsOf < first).ToList();
        bool MayRefuse(Observation row) => row.AsOf < newest[(row.Pair, row.Kind)] && !known.Contains(Figure(row));
        return (await CheckAsync(rows, around, MayRefuse, context, cancellationToken)).Refused;

        static (DateOnly, CurrencyPair, RateKind, decimal) Figure(Observation row) => (row.AsOf, row.Pair, row.Kind, row.Rate);
    }

    /// <param name="rows">The rows.</param>
    /// <param name="around">Stored figures of the days around them.</param>
    /// <param name="mayRefuse">Rows for which it is false are accepted in any case.</param>
    /// <param name="context">Whose rows they are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<IngestVerdict> CheckAsync(
        IReadOnlyList<Observation> rows, IReadOnlyList<Observation> around, Func<Observation, bool> mayRefuse, IngestContext context,
        CancellationToken cancellationToken)
    {
        var kept = await quarantine.ReadQuarantineAsync(context.Profile.Key, cancellationToken);
        context = context with { EarlierRefused = [.. kept.Where(IsHistory).SelectMany(sheet => sheet.Observations)] };
        var verdict = HistoryRules.Check(rows, around, context);
        if (verdict.Refused.Any(row => mayRefuse(row.Observation)))
        {
            // Witnesses need a read of every provider's history, so they are read only when there is a doubt.
            var witnesses = await WitnessesAsync(context.Profile, verdict.Refused, cancellationToken);
            verdict = HistoryRules.Check(rows, around, context with { PastWitnesses = witnesses });
        }

        var refused = verdict.Refused.Where(row => mayRefuse(row.Observation)).ToList();
        if (refused.Count > 0)
        {
            await KeepAsideAsync(context.Profile.Key, refused, kept, cancellationToken);
        }

        var doubted = refused.Select(row => row.Observation).ToHashSet();
        return new([.. rows.Where(row => !doubted.Contains(row))], refused, []);
    }

    private async Task<IReadOnlyList<IReadOnlyList<Observation>>> WitnessesAsync(
        ProviderProfile profile, IReadOnlyList<RefusedObservation> refused, CancellationToken cancellationToken)
    {
        var pairs = refused.Select(row => row.Observation.Pair).Distinct().ToList();
        var days = refused.SelectMany(row => Around(row.Observation.AsOf)).ToHashSet();
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
        Observation[] figures = [.. refused.Select(row => row.Observation).OrderBy(figure => figure.AsOf).Take(MostKept)];
        // A window is fetched again when storing it failed: once on the list is enough.
        if (figures.Length > 0 && !kept.Any(sheet => sheet.Reasons.SequenceEqual(reasons) && sheet.Observations.SequenceEqual(figures)))
        {
            var now = time.GetUtcNow();
            var id = string.Create(CultureInfo.InvariantCulture, $"{IdPrefix}{now.ToUnixTimeMilliseconds()}");
            await quarantine.QuarantineAsync(new(id, now, provider, now, reasons, "", figures), cancellationToken);
        }
    }

    private static IEnumerable<DateOnly> Around(DateOnly day) => Enumerable.Range(-WitnessDays, 2 * WitnessDays + 1).Select(day.AddDays);
}
