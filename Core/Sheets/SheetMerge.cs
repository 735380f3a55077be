namespace Rates.Core;

/// <summary>
/// Combines newly accepted rates of a provider with its latest rates so far (its sheet), and removes days that are too old.
/// </summary>
/// <remarks>
/// A day is in use when it is the newest day of some pair and kind. All figures of a day in use are kept, so that crosses use figures
/// of one day. Other days are removed, and so are days too far before the sheet's newest: more than 14 days, 70 for a monthly source,
/// 200 for a quarterly one; no limit for a source that publishes no more.
/// </remarks>
public static class SheetMerge
{
    /// <summary>The sheet with <paramref name="accepted"/> added. Merging the same observations again changes nothing.</summary>
    /// <param name="previous">The current sheet; null when there is none.</param>
    /// <param name="accepted">
    /// Accepted observations in any order; they replace current ones of the same pair, kind and day. One that repeats a confirmed figure
    /// does not mark it.
    /// </param>
    /// <param name="profile">The provider of the sheet.</param>
    /// <param name="fetchedAt">The time of the fetch, UTC.</param>
    /// <param name="publishedAt">The instant of publication that the source gives; null when it gives none.</param>
    /// <param name="source">The address of the fetch, without credentials; null when not known.</param>
    /// <returns>
    /// A new sheet (version 0) when a figure changed; else the previous sheet, confirmed at <paramref name="fetchedAt"/>;
    /// <see cref="SameFigures"/> distinguishes the two cases. Null when there is no figure at all.
    /// </returns>
    public static RateSheet? Merge(
        RateSheet? previous, IReadOnlyList<Observation> accepted, ProviderProfile profile, DateTimeOffset fetchedAt,
            DateTimeOffset? publishedAt,
        string? source)
    {
        var figures = new Dictionary<(CurrencyPair, RateKind, DateOnly), Observation>();
        foreach (var figure in previous?.Observations ?? [])
        {
            figures[Key(figure)] = figure;
        }

        var changed = new HashSet<DateOnly>();
        foreach (var figure in accepted)
        {
            var isKnown = figures.TryGetValue(Key(figure), out var old);
            if (isKnown && old.Rate != figure.Rate)
            {
                changed.Add(figure.AsOf);
            }

            // What was confirmed once stays so until it changes.
            var isConfirmed = isKnown && old.Rate == figure.Rate && !old.IsUnconfirmed;
            figures[Key(figure)] = isConfirmed ? figure with { IsUnconfirmed = false } : figure;
        }

        if (figures.Count == 0)
        {
            return null;
        }

        var inUse = DaysInUse(figures.Values, profile.Calendar.Cadence);
        var kept = Sorted(figures.Values.Where(figure => inUse.Contains(figure.AsOf)));
        var asOf = inUse.Max();
        var next = Staleness.NextExpectedAt(profile.Calendar, fetchedAt);
        if (previous is not null && Same(previous.Observations, kept))
        {
            return previous with
            {
                CheckedAt = previous.CheckedAt > fetchedAt ? previous.CheckedAt : fetchedAt,
                PublishedAt = publishedAt ?? previous.PublishedAt,
                NextExpectedAt = next,
                Seeded = previous.Seeded && accepted.Count == 0,
            };
        }

        return new()
        {
            Provider = profile.Key,
            AsOf = asOf,
            PublishedAt = publishedAt,
            FetchedAt = fetchedAt,
            CheckedAt = fetchedAt,
            NextExpectedAt = next,
            Source = source,
            Observations = kept,

            // The figures of a live source change during the day; that is no revision.
            Revised = profile.Calendar.Cadence != Cadence.Live
                && (inUse.Overlaps(changed) || (previous is { Revised: true } && previous.AsOf == asOf)),
        };
    }

    /// <summary>
    /// Whether both sheets have the same figures: days, pairs, kinds, rates and marks. Times of fetching are not compared. Two nulls are
    /// equal.
    /// </summary>
    public static bool SameFigures(RateSheet? one, RateSheet? other) =>
        one is null || other is null ? one is null && other is null : Same(one.Observations, other.Observations);

    /// <summary>
    /// The figures that a sheet would hold of <paramref name="figures"/>, each pair, kind and day once, in a sheet's order.
    /// </summary>
    public static IReadOnlyList<Observation> InUse(IEnumerable<Observation> figures, Cadence cadence)
    {
        var byKey = new Dictionary<(CurrencyPair, RateKind, DateOnly), Observation>();
        foreach (var figure in figures)
        {
            byKey[Key(figure)] = figure;
        }

        var inUse = DaysInUse(byKey.Values, cadence);
        return Sorted(byKey.Values.Where(figure => inUse.Contains(figure.AsOf)));
    }

    /// <summary>The days whose figures a sheet would hold.</summary>
    /// <param name="newest">The newest day of each pair and kind, in any order; a day may come several times.</param>
    /// <param name="cadence">The provider's.</param>
    public static HashSet<DateOnly> DaysInUse(IReadOnlyCollection<DateOnly> newest, Cadence cadence)
    {
        var limit = MaxDaysBehind(cadence);
        var last = newest.Count == 0 ? 0 : newest.Max().DayNumber;
        return [.. newest.Where(day => last - day.DayNumber <= limit)];
    }

    /// <summary>Most days that a figure may be older than the newest one of its sheet.</summary>
    public static int MaxDaysBehind(Cadence cadence) =>
        cadence switch { Cadence.None => int.MaxValue, Cadence.Monthly => 70, Cadence.Quarterly => 200, _ => 14 };

    private static Observation[] Sorted(IEnumerable<Observation> figures) =>
        [.. figures.OrderBy(figure => figure.Pair).ThenBy(figure => figure.Kind).ThenByDescending(figure => figure.AsOf)];

    private static bool Same(IReadOnlyList<Observation> one, IReadOnlyList<Observation> other) =>
        one.Count == other.Count && one.Zip(other).All(both =>
            both.First.IsSameFigure(both.Second) && both.First.IsUnconfirmed == both.Second.IsUnconfirmed);

    private static (CurrencyPair Pair, RateKind Kind, DateOnly AsOf) Key(Observation figure) => (figure.Pair, figure.Kind, figure.AsOf);

    private static HashSet<DateOnly> DaysInUse(IEnumerable<Observation> figures, Cadence cadence)
    {
        var newest = new Dictionary<(CurrencyPair, RateKind), DateOnly>();
        foreach (var figure in figures)
        {
            var key = (figure.Pair, figure.Kind);
            if (!newest.TryGetValue(key, out var day) || day < figure.AsOf)
            {
                newest[key] = figure.AsOf;
            }
        }

        return DaysInUse(newest.Values, cadence);
    }
}
