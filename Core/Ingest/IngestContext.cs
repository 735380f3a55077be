namespace Rates.Core;

/// <summary>The data that newly fetched rates of a provider are compared with before they are stored.</summary>
public sealed record IngestContext
{
    /// <summary>The provider of the figures.</summary>
    public required ProviderProfile Profile { get; init; }

    /// <summary>The provider's last published sheet; null when there is none.</summary>
    public RateSheet? Previous { get; init; }

    /// <summary>Today in the source's time zone.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>
    /// Rows that were refused before the ingest rules, because their label is no rate on their day. They count as rows of the sheet and
    /// are listed in the verdict with their reasons. May be empty.
    /// </summary>
    public IReadOnlyList<RefusedObservation> RefusedLabels { get; init; } = [];

    /// <summary>
    /// Rates of other independent providers for the candidate's pairs, one per independence group and pair, in either direction of the
    /// pair. The caller computes crosses. May be empty.
    /// </summary>
    public IReadOnlyList<Observation> Witnesses { get; init; } = [];

    /// <summary>
    /// The same for figures of the past, of several days: one list per independence group, in either direction of the pairs. A group is
    /// one witness of a figure, with its own figure of the nearest day. May be empty.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Observation>> PastWitnesses { get; init; } = [];

    /// <summary>The provider's sheet that is part of the product; null when there is none. It confirms first figures.</summary>
    public RateSheet? Shipped { get; init; }

    /// <summary>
    /// Figures of this provider that hold without asking anyone, such as pegs by law: they ship with the product, so no other source need
    /// confirm them, and a change of one is what the law says. May be empty.
    /// </summary>
    public IReadOnlyList<Observation> Standing { get; init; } = [];

    /// <summary>Observations of this provider's earlier quarantined sheets; may be empty.</summary>
    public IReadOnlyList<Observation> EarlierRefused { get; init; } = [];

    /// <summary>Whether the figure is one of <see cref="Standing"/>.</summary>
    internal bool IsStanding(Observation row) => Standing.Any(row.IsSameFigure);
}
