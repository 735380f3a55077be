namespace Rates.Core;

/// <summary>Marks published rates that no other source has confirmed, and decides when such a mark is taken off.</summary>
public static class UnconfirmedMarks
{
    /// <summary>The rows, those marked that nobody has confirmed.</summary>
    /// <param name="rows">The accepted rows.</param>
    /// <param name="first">Pairs whose first figures are unconfirmed, or whose unconfirmed figures of the sheet before still are.</param>
    /// <param name="alone">Pairs of notable changes that nobody has followed, each with the day of the first.</param>
    /// <param name="previous">The sheet before; null when there is none.</param>
    internal static List<Observation> Set(
        List<Observation> rows, IReadOnlyList<CurrencyPair> first, Dictionary<CurrencyPair, DateOnly> alone, RateSheet? previous)
    {
        // Days before the first unconfirmed one were confirmed. Of a pair without a sheet before, all days are in doubt.
        var since = new Dictionary<CurrencyPair, DateOnly>(alone);
        foreach (var pair in first)
        {
            var marked = Marked(previous).Where(figure => figure.Pair == pair).Select(figure => figure.AsOf);
            since[pair] = marked.DefaultIfEmpty().Min();
        }

        return rows.ConvertAll(row => since.TryGetValue(row.Pair, out var day) && row.AsOf >= day
            ? row with { IsUnconfirmed = true }
            : row);
    }

    /// <summary>Unconfirmed figures of the sheet before that a row confirms: one of the same day, or a later one that is near.</summary>
    /// <param name="rows">The accepted rows, with their marks.</param>
    /// <param name="previous">The sheet before; null when there is none.</param>
    internal static IReadOnlyList<Observation> Confirmed(List<Observation> rows, RateSheet? previous) =>
    [
        .. Marked(previous).Where(figure => rows.Exists(row => !row.IsUnconfirmed && row.Pair == figure.Pair && row.Kind == figure.Kind
            && (row.AsOf == figure.AsOf ? row.Rate == figure.Rate : row.AsOf > figure.AsOf && ChangeRules.Agree(row, figure)))),
    ];

    /// <summary>Unconfirmed figures of the past that confirmed figures of later days confirm.</summary>
    /// <param name="stored">Every stored figure of the days to look at, in any order, with its mark.</param>
    /// <remarks>
    /// Of each pair and kind the days are followed backward. A figure is confirmed when the change to the next confirmed one after it is
    /// not notable. What goes on from a figure that was confirmed so is confirmed with it, because it came in the same documents: there
    /// only a change of units ends it, a factor of ten or of a redenomination.
    /// </remarks>
    public static IReadOnlyList<Observation> Confirmed(IEnumerable<Observation> stored)
    {
        List<Observation> confirmed = [];
        foreach (var series in stored.GroupBy(figure => (figure.Pair, figure.Kind)).Where(series => series.Any(day => day.IsUnconfirmed)))
        {
            Observation? later = null;
            var goesOn = false;
            foreach (var figure in series.OrderByDescending(figure => figure.AsOf))
            {
                if (!figure.IsUnconfirmed)
                {
                    (later, goesOn) = (figure, false);
                }
                else if (later is { } right && (ChangeRules.Agree(figure, right)
                    || (goesOn && HistorySeriesCheck.Factor(figure, right) is null)))
                {
                    confirmed.Add(figure);
                    (later, goesOn) = (figure, true);
                }
                else
                {
                    goesOn = false;
                }
            }
        }

        return confirmed;
    }

    /// <summary>The figures without marks.</summary>
    public static IReadOnlyList<Observation> Cleared(IEnumerable<Observation> figures) =>
        [.. figures.Select(figure => figure with { IsUnconfirmed = false })];

    private static IEnumerable<Observation> Marked(RateSheet? sheet) => (sheet?.Observations ?? []).Where(figure => figure.IsUnconfirmed);
}
