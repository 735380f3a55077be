using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>
/// Every history at hand, taken through reading, labels and the ingest rules: in one piece as a back-fill, and day by day.
/// </summary>
/// <param name="sources">The histories.</param>
internal sealed class HistoryReplay(IReadOnlyList<RecordedHistory> sources)
{
    /// <summary>A provider may be a witness of days this near.</summary>
    private const int WitnessDays = 4;

    private readonly DayReplay _days = new(sources);

    /// <summary>What became of each provider's history.</summary>
    public IEnumerable<ReplayCount> Run() => sources.OrderBy(source => source.Provider.Key, StringComparer.Ordinal).Select(Run);

    private ReplayCount Run(RecordedHistory source)
    {
        var past = Past(source);
        var refusedDays = _days.Run(source, source.WholeDays).Where(day => day.Verdict.SheetReasons.Count > 0)
            .Select(day => $"{day.Day:yyyy-MM-dd}: {day.Verdict.SheetReasons[0]}").ToList();
        return new(
            source.Provider.Key, source.Days.Count, past.Accepted.Count, past.Refused.CountBy(row => row.Reason.Split(' ')[0])
                .ToDictionary(),
            [.. past.Accepted.Where(row => row.Kind != RateKind.Legacy && !(Lives(row.Pair.Base, row) && Lives(row.Pair.Quote, row)))],
            [.. past.Refused.Where(row => row.Reason.StartsWith("step", StringComparison.Ordinal)
                || row.Reason.StartsWith("spike", StringComparison.Ordinal))],
            refusedDays, source.WholeDays.Count);
    }

    private IngestVerdict Past(RecordedHistory source)
    {
        var context = new IngestContext { Profile = source.Profile, Today = source.Days[^1][0].AsOf, RefusedLabels = source.RefusedLabels };
        List<Observation> accepted = [];
        List<RefusedObservation> refused = [.. source.RefusedLabels];
        foreach (var window in Windows(source))
        {
            var verdict = IngestRules.Check(window, context with { RefusedLabels = [] });
            var rows = UnconfirmedMarks.Cleared(verdict.Accepted);
            var checkedRows = HistoryRules.Check(rows, accepted, context);
            if (checkedRows.Refused.Count > 0)
            {
                checkedRows = HistoryRules.Check(
                    rows, accepted, context with { Witnesses = Witnesses(source, checkedRows.Refused) });
            }

            accepted.AddRange(checkedRows.Accepted);
            refused.AddRange([.. verdict.Refused, .. checkedRows.Refused]);
        }

        return new(accepted, refused, []);
    }

    // From the newest day backward, as a back-fill goes.
    private static IEnumerable<List<Observation>> Windows(RecordedHistory source)
    {
        var last = source.Days[^1][0].AsOf.DayNumber;
        return source.Days.GroupBy(day => (last - day[0].AsOf.DayNumber) / source.Provider.Block.BackfillDays).OrderBy(window => window.Key)
            .Select(window => window.SelectMany(day => day).ToList());
    }

    private IReadOnlyList<Observation> Witnesses(RecordedHistory asked, IReadOnlyList<RefusedObservation> refused)
    {
        var pairs = refused.Select(row => row.Observation.Pair).Distinct().ToList();
        var days = refused.SelectMany(row => Enumerable.Range(-WitnessDays, 2 * WitnessDays + 1).Select(row.Observation.AsOf.AddDays))
            .ToHashSet();
        return
        [
            .. from source in sources
               where source.Profile.Independence != asked.Profile.Independence
               from day in source.Days
               where days.Contains(day[0].AsOf)
               let crosses = source.Crosses(day)
               from cross in pairs.Select(crosses.Find).OfType<CrossRate>()
               select new Observation(cross.AsOf, cross.Pair, cross.Rate, cross.Kind),
        ];
    }

    private static bool Lives(Currency code, Observation row) => CurrencyRegistry.ExistedOn(code, row.AsOf);
}

/// <summary>What became of one provider's history.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Days">How many days it has.</param>
/// <param name="Figures">How many figures were accepted.</param>
/// <param name="Refused">Refused rows by the first word of the reason.</param>
/// <param name="OutsideLife">Accepted figures of a currency that did not exist on the day.</param>
/// <param name="KeptAside">Figures that the days around them contradict.</param>
/// <param name="RefusedDays">Days refused as a whole when they came one by one.</param>
/// <param name="DaysTried">How many days were tried one by one.</param>
internal sealed record ReplayCount(
    string Provider, int Days, int Figures, IReadOnlyDictionary<string, int> Refused, IReadOnlyList<Observation> OutsideLife,
    IReadOnlyList<RefusedObservation> KeptAside, IReadOnlyList<string> RefusedDays, int DaysTried);
