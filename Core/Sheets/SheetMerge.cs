namespace Rates.Core;

/// <summary>Joins newly accepted observations with the sheet that stands.</summary>
/// <remarks>
/// A day is in use when it is the newest of some pair and kind; every day in use is kept whole, so that crosses stay inside one
/// day. Older days go, and so do pairs whose newest day lies too far behind the sheet's newest: a figure may be carried 14
/// days, 70 at a monthly source, 200 at a quarterly one, for ever at one that publishes no more.
/// </remarks>
public static class SheetMerge
{
    /// <summary>The sheet after <paramref name="accepted"/>; null when there is nothing at all. Doing it twice changes nothing more.</summary>
    /// <param name="previous">The sheet that stands; null for none.</param>
    /// <param name="accepted">What the ingest rules let through, in any order; of the same pair, kind and day it replaces what stands.</param>
    /// <param name="profile">Whose sheet it is.</param>
    /// <param name="fetchedAt">When the source was asked, UTC.</param>
    /// <param name="publishedAt">When the source says it published; null where it does not say.</param>
    /// <param name="source">The address asked, without credentials.</param>
    /// <returns>
    /// A sheet not yet published (version 0) when a figure changed; otherwise the previous one, confirmed at
    /// <paramref name="fetchedAt"/>. <see cref="SameFigures"/> tells which.
    /// </returns>
    public static RateSheet? Merge(
        RateSheet? previous, IReadOnlyList<Observation> accepted, ProviderProfile profile, DateTimeOffset fetchedAt, DateTimeOffset? publishedAt, string? source)
    {
        var figures = new Dictionary<(CurrencyPair, RateKind, DateOnly), Observation>();
        foreach (var figure in previous?.Observations ?? [])
        {
            figures[Key(figure)] = figure;
        }

        var changed = new HashSet<DateOnly>();
        foreach (var figure in accepted)
        {
            if (figures.TryGetValue(Key(figure), out var old) && old.Rate != figure.Rate)
            {
                changed.Add(figure.AsOf);
            }

            figures[Key(figure)] = figure;
        }

        if (figures.Count == 0)
        {
            return null;
        }

        var inUse = DaysInUse(figures.Values, profile.Calendar.Cadence);
        Observation[] kept = [.. figures.Values.Where(figure => inUse.Contains(figure.AsOf)).OrderBy(figure => figure.Pair).ThenBy(figure => figure.Kind).ThenByDescending(figure => figure.AsOf)];
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

            // A live source moves all day; that is no revision.
            Revised = profile.Calendar.Cadence != Cadence.Live && (inUse.Overlaps(changed) || (previous is { Revised: true } && previous.AsOf == asOf)),
        };
    }

    /// <summary>Whether both sheets hold the same figures: days, pairs, kinds and rates. When they were taken does not count.</summary>
    public static bool SameFigures(RateSheet? one, RateSheet? other) =>
        one is null || other is null ? one is null && other is null : Same(one.Observations, other.Observations);

    private static bool Same(IReadOnlyList<Observation> one, IReadOnlyList<Observation> other) =>
        one.Count == other.Count && one.Zip(other).All(both => Key(both.First) == Key(both.Second) && both.First.Rate == both.Second.Rate);

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

        var limit = cadence switch { Cadence.None => int.MaxValue, Cadence.Monthly => 70, Cadence.Quarterly => 200, _ => 14 };
        var last = newest.Values.Max().DayNumber;
        return [.. newest.Values.Where(day => last - day.DayNumber <= limit)];
    }
}
