namespace Rates.Api;

/// <summary>The answer of <c>/v1/rates/{base}/{quote}</c>: the rate of one pair from every provider.</summary>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="Quote">The quote.</param>
/// <param name="Providers">Every requested provider, in the order of the request.</param>
/// <param name="Statistics">Statistics over the providers' rates; left out when no provider has the pair.</param>
internal sealed record PairAnswer(string Base, string Quote, IReadOnlyList<PairFigure> Providers, PairStatistics? Statistics)
{
    /// <summary>Name of the policy that chose; left out without one.</summary>
    public string? Policy { get; init; }

    /// <summary>How the policy combines the providers; left out without one.</summary>
    public string? Select { get; init; }

    /// <summary>The rate by the policy; left out without one, and when it gives none.</summary>
    public decimal? Rate { get; init; }
}

/// <summary>
/// One provider's rate and the published rates that it was computed from, in the answer of <c>/v1/rates/{base}/{quote}</c>.
/// </summary>
internal sealed record PairFigure
{
    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>The institution.</summary>
    public required string Name { get; init; }

    /// <summary>fresh, closed, stale, frozen, retired or missing.</summary>
    public required string Status { get; init; }

    /// <summary>The day the figure holds for; left out when there is none.</summary>
    public string? AsOf { get; init; }

    /// <summary>Quote units for 1 base; left out when there is none.</summary>
    public decimal? Rate { get; init; }

    /// <summary>True when no second source has confirmed the figure; left out when it is confirmed.</summary>
    public bool? Unconfirmed { get; init; }

    /// <summary>Which figure it is.</summary>
    public string? Kind { get; init; }

    /// <summary>True when the pair was not published in this direction; false of a currency against itself.</summary>
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

    /// <summary>
    /// The sheet's epoch and version in the store when its figures came in; <c>/v1/evidence/{provider}/{version}</c> takes it as it is.
    /// Left out where nothing was fetched here: for a past day, and for figures that ship with the product.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>Why there is no rate, or none newer; left out when there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>The rule of the policy that chose the figure; left out without a policy.</summary>
    public string? Rule { get; init; }
}

/// <summary>A rate exactly as its source published it, in the answer of <c>/v1/rates/{base}/{quote}</c>.</summary>
/// <param name="Pair">As published.</param>
/// <param name="AsOf">Its day.</param>
/// <param name="Rate">Its text, every digit as published.</param>
/// <param name="Kind">Which figure.</param>
/// <param name="Inverted">True when the path uses 1 / rate.</param>
/// <param name="At">The instant the source gives; left out where only the day is known.</param>
internal sealed record PublishedFigure(string Pair, string AsOf, string Rate, string Kind, bool Inverted, string? At);

/// <summary>Statistics over the providers' rates of one pair, in the answer of <c>/v1/rates/{base}/{quote}</c>.</summary>
/// <param name="Status">fresh, stale (even the newest figure is too old) or unconfirmed (by no second source).</param>
/// <param name="Unconfirmed">True when no second source has confirmed the rates used; left out when they are confirmed.</param>
/// <param name="Newest">The newest day among the figures used.</param>
/// <param name="Oldest">The oldest day among the figures used.</param>
/// <param name="Count">Independent providers used for the median.</param>
/// <param name="Min">The lowest rate used for the median.</param>
/// <param name="Max">The highest rate used for the median.</param>
/// <param name="Spread">(max - min) / middle, as a fraction.</param>
/// <param name="First">The rate of the first provider used.</param>
/// <param name="Median">The median; left out, with a note, when the providers contradict each other.</param>
/// <param name="Mean">The arithmetic mean; left out likewise.</param>
/// <param name="Consensus">The median without outliers; left out likewise.</param>
/// <param name="Providers">Keys of the providers used for the median.</param>
/// <param name="Outliers">The providers that the consensus leaves out.</param>
/// <param name="Absent">The other requested providers, by reason; left out when there are none.</param>
/// <param name="Note">A warning to the reader; left out when there is none.</param>
internal sealed record PairStatistics(
    string Status, bool? Unconfirmed, string Newest, string Oldest, int Count, decimal Min, decimal Max, decimal Spread,
    decimal? First, decimal? Median, decimal? Mean, decimal? Consensus,
    IReadOnlyList<string> Providers, IReadOnlyList<OutlierRate> Outliers, IReadOnlyList<AbsentGroup>? Absent, string? Note);
