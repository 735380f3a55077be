using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>One provider's recorded figures by day, oldest day first.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="RefusedLabels">Rows whose label is no rate on their day.</param>
/// <param name="Days">The figures of each day, at least one.</param>
/// <param name="WholeDays">The days of which the whole table was recorded.</param>
internal sealed record RecordedHistory(
    RateProvider Provider, IReadOnlyList<RefusedObservation> RefusedLabels, List<List<Observation>> Days, List<List<Observation>> WholeDays)
{
    private readonly Dictionary<DateOnly, CrossRates> _crosses = [];
    private readonly List<DateOnly> _dates = Days.ConvertAll(day => day[0].AsOf);

    public ProviderProfile Profile { get; } = Provider.Block.Profile(Provider.Key);

    /// <summary>The histories in the recorded answers of this machine, in the order of their keys.</summary>
    public static IReadOnlyList<RecordedHistory> All() =>
    [
        .. from document in OwnDocument.Recorded()
           where document.StatesDay
           group document by document.Provider into provider
           orderby provider.Key.Key
           let labelled = provider.Key.Labels.Resolve([.. provider.SelectMany(document => document.Figures)])
           where labelled.Figures.Count + labelled.Refused.Count > 0
           select new RecordedHistory(provider.Key, labelled.Refused, ByDay(labelled.Figures), ByDay(provider.Key.Labels.Resolve(
               [.. provider.Where(document => IsWholeTable(provider.Key, document.File))
                   .SelectMany(document => document.Figures)]).Figures)),
    ];

    /// <summary>The newest day up to <paramref name="last"/>; null when it is more than <paramref name="most"/> days older.</summary>
    public List<Observation>? Newest(DateOnly last, int most)
    {
        var place = _dates.BinarySearch(last);
        var at = place >= 0 ? place : ~place - 1;
        return at >= 0 && _dates[at] >= last.AddDays(-most) ? Days[at] : null;
    }

    /// <summary>The crosses of one of the days.</summary>
    public CrossRates Crosses(List<Observation> day)
    {
        if (!_crosses.TryGetValue(day[0].AsOf, out var crosses))
        {
            _crosses[day[0].AsOf] = crosses = CrossRates.Of(day, Profile.Pivot);
        }

        return crosses;
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
}
