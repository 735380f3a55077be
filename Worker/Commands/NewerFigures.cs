using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Finds rates that a provider published after an earlier publication was refused, for the same days, pairs and kinds, with other values.
/// </summary>
internal sealed class NewerFigures
{
    private readonly Dictionary<(DateOnly, CurrencyPair, RateKind), (Observation Figure, DateTimeOffset Since)> _figures = [];
    private readonly RateSheet? _sheet;

    private NewerFigures(RateSheet? sheet) => _sheet = sheet;

    /// <summary>How many there are.</summary>
    public int Count => _figures.Count;

    /// <summary>Finds them in the history and in the latest sheet.</summary>
    /// <param name="history">The history.</param>
    /// <param name="sheet">The latest sheet; null when there is none.</param>
    /// <param name="refused">The refused sheet, with at least one figure.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public static async Task<NewerFigures> FindAsync(
        IHistoryReader history, RateSheet? sheet, QuarantinedSheet refused, CancellationToken cancellationToken)
    {
        var newer = new NewerFigures(sheet);
        var (first, last) = (refused.Observations.Min(figure => figure.AsOf), refused.Observations.Max(figure => figure.AsOf));
        var days = (await history.ReadDaysAsync(refused.Provider, first, last, cancellationToken)).ToDictionary(day => day.Day);
        foreach (var figure in refused.Observations)
        {
            var day = days.GetValueOrDefault(figure.AsOf);
            var known = Find(day?.Figures, figure);
            var since = known is null ? sheet?.FetchedAt : day!.KnownSince(figure.Pair, figure.Kind);
            if ((known ?? Find(sheet?.Observations, figure)) is { } standing && standing.Rate != figure.Rate && since > refused.At)
            {
                newer._figures[Key(figure)] = (standing, since.Value);
            }
        }

        return newer;
    }

    /// <summary>Whether a newer figure stands in the place of the refused one.</summary>
    public bool Replace(Observation refused) => _figures.ContainsKey(Key(refused));

    /// <summary>
    /// The newest of them with its instant and, when the latest sheet has it, that sheet's version, and the count of the others. There must
    /// be one.
    /// </summary>
    public override string ToString()
    {
        var (figure, since) = _figures.Values.MaxBy(newer => newer.Since);
        var version = _sheet is not null && Find(_sheet.Observations, figure) is { } shown && shown.Rate == figure.Rate
            ? $" in version {_sheet.Version} of epoch {_sheet.Epoch}"
            : "";
        return $"a newer figure was published at {IsoText.OfSeconds(since)}{version}, after the refusal: {figure}"
            + (_figures.Count > 1 ? $" (and {_figures.Count - 1} more)" : "");
    }

    private static Observation? Find(IEnumerable<Observation>? figures, Observation like) =>
        figures?.Where(figure => Key(figure) == Key(like)).Cast<Observation?>().FirstOrDefault();

    private static (DateOnly, CurrencyPair, RateKind) Key(Observation figure) => (figure.AsOf, figure.Pair, figure.Kind);
}
