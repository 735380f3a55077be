namespace Rates.Core;

/// <summary>What a candidate sheet is judged against.</summary>
public sealed record IngestContext
{
    /// <summary>Whose sheet it is.</summary>
    public required ProviderProfile Profile { get; init; }

    /// <summary>The provider's last published sheet; null when there is none.</summary>
    public RateSheet? Previous { get; init; }

    /// <summary>Today in the source's time zone.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>
    /// Rows that were refused before the ingest rules saw them, because their label is no rate on their day; they count as rows of the
    /// sheet, and stand in the verdict with their reasons. May be empty.
    /// </summary>
    public IReadOnlyList<RefusedObservation> RefusedLabels { get; init; } = [];

    /// <summary>
    /// What other independent providers say of the candidate's pairs, one observation per provider, group and pair, to
    /// corroborate jumps. Either direction of a pair will do; crosses are the caller's to make. May be empty.
    /// </summary>
    public IReadOnlyList<Observation> Witnesses { get; init; } = [];

    /// <summary>Observations of this provider's earlier quarantined sheets; may be empty.</summary>
    public IReadOnlyList<Observation> EarlierRefused { get; init; } = [];
}
