using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>
/// Every history at hand, taken through reading, labels and the ingest rules: in one piece as a back-fill, and day by day.
/// </summary>
internal sealed class HistoryReplay
{
    /// <summary>A provider may be a witness of days this near.</summary>
    private const int WitnessDays = 4;

    /// <summary>The most days between two publications that a sheet is still compared over.</summary>
    private const int LargestGap = 100;

    private readonly IReadOnlyList<Source> _sources;

    private HistoryReplay(IReadOnlyList<Source> sources) => _sources = sources;

    /// <summary>The recorded answers of this machine.</summary>
    public static HistoryReplay OfRecordings() => new(
    [
        .. from document in OwnDocument.Recorded()
           group document by document.Provider into provider
           let labelled = provider.Key.Labels.Resolve([.. provider.SelectMany(document => document.Figures)])
           where labelled.Figures.Count + labelled.Refused.Count > 0
           select new Source(provider.Key, labelled.Refused, ByDay(labelled.Figures), ByDay(provider.Key.Labels.Resolve(
               [.. provider.Where(document => IsWholeTable(provider.Key, document.File))
                   .SelectMany(document => document.Figures)]).Figures)),
    ]);

    /// <summary>What became of each provider's history.</summary>
    public IEnumerable<ReplayCount> Run() => _sources.OrderBy(source => source.Provider.Key, StringComparer.Ordinal).Select(Run);

    private ReplayCount Run(Source source)
    {
        var profile = source.Provider.Block.Profile(source.Provider.Key);
        var past = Past(source, profile);
        var refusedDays = RefusedDays(source, profile).ToList();
        return new(
            source.Provider.Key, source.Days.Count, past.Accepted.Count, past.Refused.CountBy(row => row.Reason.Split(' ')[0])
                .ToDictionary(),
            [.. past.Accepted.Where(row => row.Kind != RateKind.Legacy && !(Lives(row.Pair.Base, row) && Lives(row.Pair.Quote, row)))],
            [.. past.Refused.Where(row => row.Reason.StartsWith("step", StringComparison.Ordinal)
                || row.Reason.StartsWith("spike", StringComparison.Ordinal))],
            refusedDays, source.WholeDays.Count);
    }

    private IngestVerdict Past(Source source, ProviderProfile profile)
    {
        var context = new IngestContext { Profile = profile, Today = source.Days[^1][0].AsOf, RefusedLabels = source.RefusedLabels };
        List<Observation> accepted = [];
        List<RefusedObservation> refused = [.. source.RefusedLabels];
        foreach (var window in Windows(source))
        {
            var verdict = IngestRules.Check(window, context with { RefusedLabels = [] });
            var checkedRows = HistoryRules.Check(verdict.Accepted, accepted, context);
            if (checkedRows.Refused.Count > 0)
            {
                checkedRows = HistoryRules.Check(
                    verdict.Accepted, accepted, context with { Witnesses = Witnesses(source, checkedRows.Refused) });
            }

            accepted.AddRange(checkedRows.Accepted);
            refused.AddRange([.. verdict.Refused, .. checkedRows.Refused]);
        }

        return new(accepted, refused, []);
    }

    // From the newest day backward, as a back-fill goes.
    private static IEnumerable<List<Observation>> Windows(Source source)
    {
        var last = source.Days[^1][0].AsOf.DayNumber;
        return source.Days.GroupBy(day => (last - day[0].AsOf.DayNumber) / source.Provider.Block.BackfillDays).OrderBy(window => window.Key)
            .Select(window => window.SelectMany(day => day).ToList());
    }

    // Day after day, as scheduled fetches go; what stands is forgotten where the recordings have a gap.
    private IEnumerable<string> RefusedDays(Source source, ProviderProfile profile)
    {
        RateSheet? standing = null;
        List<Observation> earlier = [];
        foreach (var day in source.WholeDays)
        {
            standing = standing?.AsOf < day[0].AsOf.AddDays(-LargestGap) ? null : standing;
            var context = new IngestContext { Profile = profile, Previous = standing, Today = day[0].AsOf };
            var verdict = IngestRules.Check(day, context);
            if (verdict.Refused.Count + verdict.SheetReasons.Count > 0)
            {
                verdict = IngestRules.Check(day, context with { Witnesses = Witnesses(source, verdict.Refused), EarlierRefused = earlier });
                earlier.AddRange(verdict.SheetReasons.Count > 0 ? day : verdict.Refused.Select(row => row.Observation));
            }

            if (verdict.SheetReasons.Count > 0)
            {
                yield return $"{day[0].AsOf:yyyy-MM-dd}: {verdict.SheetReasons[0]}";
            }
            else
            {
                standing = SheetMerge.Merge(standing, verdict.Accepted, profile, new(day[0].AsOf, new(18, 0), TimeSpan.Zero), null, null)
                    ?? standing;
            }
        }
    }

    private IReadOnlyList<Observation> Witnesses(Source asked, IReadOnlyList<RefusedObservation> refused)
    {
        var pairs = refused.Select(row => row.Observation.Pair).Distinct().ToList();
        var days = refused.SelectMany(row => Enumerable.Range(-WitnessDays, 2 * WitnessDays + 1).Select(row.Observation.AsOf.AddDays))
            .ToHashSet();
        return
        [
            .. from source in _sources
               let profile = source.Provider.Block.Profile(source.Provider.Key)
               where profile.Independence != asked.Provider.Block.Profile(asked.Provider.Key).Independence
               from day in source.Days
               where days.Contains(day[0].AsOf)
               let crosses = source.Crosses(day, profile.Pivot)
               from cross in pairs.Select(crosses.Find).OfType<CrossRate>()
               select new Observation(cross.AsOf, cross.Pair, cross.Rate, cross.Kind),
        ];
    }

    // Answers that hold the whole table of each of their days, so that a day can be compared with the one before.
    private static bool IsWholeTable(RateProvider provider, string file) => provider.Key switch
    {
        "ecb" => file.StartsWith("eurofxref", StringComparison.Ordinal),
        "cbr" => file.StartsWith("XML_daily", StringComparison.Ordinal),
        "nbp" => file.StartsWith("tables-A", StringComparison.Ordinal),
        "cnb" => file.StartsWith("daily", StringComparison.Ordinal),
        "rba" or "bnr" or "lb" or "hmrc" => true,
        _ => false,
    };

    private static List<List<Observation>> ByDay(IReadOnlyList<Observation> figures) =>
    [
        .. figures.DistinctBy(figure => (figure.AsOf, figure.Pair, figure.Kind, figure.Rate))
            .GroupBy(figure => figure.AsOf).OrderBy(day => day.Key).Select(day => day.ToList()),
    ];

    private static bool Lives(Currency code, Observation row) => CurrencyRegistry.ExistedOn(code, row.AsOf);

    /// <summary>One provider's figures by day, oldest day first; apart, the days of which the whole table was recorded.</summary>
    private sealed record Source(
        RateProvider Provider, IReadOnlyList<RefusedObservation> RefusedLabels, List<List<Observation>> Days,
        List<List<Observation>> WholeDays)
    {
        private readonly Dictionary<DateOnly, CrossRates> _crosses = [];

        public CrossRates Crosses(List<Observation> day, Currency pivot)
        {
            if (!_crosses.TryGetValue(day[0].AsOf, out var crosses))
            {
                _crosses[day[0].AsOf] = crosses = CrossRates.Of(day, pivot);
            }

            return crosses;
        }
    }
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
