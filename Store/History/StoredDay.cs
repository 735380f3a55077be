using Rates.Core;

namespace Rates.Store;

/// <summary>The rates of one provider for one past day, as read from the store, with those that later corrections replaced.</summary>
/// <param name="Day">The day.</param>
/// <param name="FetchedAt">When a rate of it was last changed, added or confirmed, UTC.</param>
/// <param name="Figures">The figures as published, at least one, by kind, then by pair; those that nobody has confirmed are marked.</param>
public sealed record StoredDay(DateOnly Day, DateTimeOffset FetchedAt, IReadOnlyList<Observation> Figures)
{
    /// <summary>What the last changes replaced, newest first; empty when the day has not changed since it was first stored.</summary>
    public IReadOnlyList<StoredRevision> Revisions { get; init; } = [];

    /// <summary>
    /// True where some of its figures are not from the store: they ship with the product, and nobody fetched them here. Never stored.
    /// </summary>
    public bool IsShipped { get; init; }

    /// <summary>The day before its last change; null when that is not stored.</summary>
    public StoredDay? Before()
    {
        if (Revisions.Count == 0)
        {
            return null;
        }

        var revision = Revisions[0];
        var added = revision.Added.ToHashSet();
        var replaced = revision.Replaced.ToDictionary(Key);
        var unconfirmed = revision.Unconfirmed.ToHashSet();
        IReadOnlyList<Observation> figures =
        [
            .. Figures.Where(figure => !added.Contains(Key(figure)))
                .Select(figure => replaced.GetValueOrDefault(Key(figure), figure) with
                {
                    IsUnconfirmed = unconfirmed.Contains(Key(figure)),
                }),
        ];
        return figures.Count == 0 ? null : new(Day, revision.FetchedAt, figures) { Revisions = [.. Revisions.Skip(1)] };
    }

    /// <summary>
    /// The day as it was known at an instant, which is included; null when nothing of it was known, or what was is no longer stored.
    /// </summary>
    public StoredDay? AsKnownAt(DateTimeOffset at)
    {
        var day = this;
        while (day is not null && day.FetchedAt > at)
        {
            day = day.Before();
        }

        return day;
    }

    /// <summary>Since when a figure of the day has its present rate, UTC; the earliest instant that is still stored.</summary>
    public DateTimeOffset KnownSince(CurrencyPair pair, RateKind kind)
    {
        var since = FetchedAt;
        foreach (var revision in Revisions)
        {
            if (revision.Added.Contains((pair, kind)) || revision.Replaced.Any(figure => Key(figure) == (pair, kind)))
            {
                break;
            }

            since = revision.FetchedAt;
        }

        return since;
    }

    private static (CurrencyPair Pair, RateKind Kind) Key(Observation figure) => (figure.Pair, figure.Kind);
}

/// <summary>One change of a past day in the store: the rates that a correction replaced, and those that it added.</summary>
/// <param name="FetchedAt">When the day had been changed before, UTC: since then the replaced figures were known.</param>
/// <param name="Replaced">The figures that the change replaced.</param>
/// <param name="Added">The figures that the change added: they were not known before it.</param>
public sealed record StoredRevision(
    DateTimeOffset FetchedAt, IReadOnlyList<Observation> Replaced, IReadOnlyList<(CurrencyPair Pair, RateKind Kind)> Added)
{
    /// <summary>The figures that nobody had confirmed before the change; empty for none.</summary>
    public IReadOnlyList<(CurrencyPair Pair, RateKind Kind)> Unconfirmed { get; init; } = [];
}
