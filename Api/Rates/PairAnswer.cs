namespace Rates.Api;

/// <summary>The answer of <c>/v1/rates/{base}/{quote}</c>: everything known of one pair.</summary>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="Quote">The quote.</param>
/// <param name="Providers">Everyone asked, in the order asked.</param>
/// <param name="Statistics">What they say together; left out when nobody covers the pair.</param>
internal sealed record PairAnswer(string Base, string Quote, IReadOnlyList<PairFigure> Providers, PairStatistics? Statistics);

/// <summary>One provider's figure and what it was made of.</summary>
internal sealed record PairFigure
{
    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>The institution.</summary>
    public required string Name { get; init; }

    /// <summary>fresh, closed, stale, frozen or missing.</summary>
    public required string Status { get; init; }

    /// <summary>The day the figure holds for; left out when there is none.</summary>
    public string? AsOf { get; init; }

    /// <summary>Quote units for 1 base; left out when there is none.</summary>
    public decimal? Rate { get; init; }

    /// <summary>Which figure it is.</summary>
    public string? Kind { get; init; }

    /// <summary>True when the pair was not published in this direction.</summary>
    public bool? Derived { get; init; }

    /// <summary>The pairs the figure came through, such as <c>EUR/CAD, CAD/USD</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The published figures along the path.</summary>
    public IReadOnlyList<PublishedFigure>? Published { get; init; }

    /// <summary>The address the figures came from.</summary>
    public string? Source { get; init; }

    /// <summary>When the source published; left out where only the day is known.</summary>
    public string? PublishedAt { get; init; }

    /// <summary>When it was fetched.</summary>
    public string? FetchedAt { get; init; }

    /// <summary>When the next publication is due.</summary>
    public string? NextExpectedAt { get; init; }

    /// <summary>The sheet's place in the store: epoch and version.</summary>
    public string? Version { get; init; }

    /// <summary>Why there is no figure, or none newer.</summary>
    public string? Reason { get; init; }
}

/// <summary>A figure as it was published.</summary>
/// <param name="Pair">As published.</param>
/// <param name="AsOf">Its day.</param>
/// <param name="Rate">Its text, every digit as published.</param>
/// <param name="Kind">Which figure.</param>
/// <param name="Inverted">True when the path uses 1 / rate.</param>
/// <param name="At">The instant the source gives; left out where only the day is known.</param>
internal sealed record PublishedFigure(string Pair, string AsOf, string Rate, string Kind, bool Inverted, string? At);

/// <summary>What providers say together.</summary>
internal sealed record PairStatistics(
    int Count, decimal Min, decimal Max, decimal Spread, decimal? First, decimal? Median, decimal? Mean, decimal? Consensus, IReadOnlyList<OutlierRate> Outliers, string? Note);
