namespace Rates.Client;

/// <summary>One pair from every requested provider, with the published rates that each rate was computed from.</summary>
public sealed record PairRates : RatesAnswer
{
    /// <summary>1 base = rate quote.</summary>
    public required string Base { get; init; }

    /// <summary>The quote.</summary>
    public required string Quote { get; init; }

    /// <summary>Every requested provider, in the order of the request, also those without the pair.</summary>
    public required IReadOnlyList<PairRate> Providers { get; init; }

    /// <summary>Statistics over the providers' rates; null when no provider has the pair.</summary>
    public PairStatistics? Statistics { get; init; }

    /// <summary>The policy that chose the rates; null for none.</summary>
    public string? Policy { get; init; }

    /// <summary>How the policy combines them; null without one.</summary>
    public string? Select { get; init; }

    /// <summary>The rate by the policy; null without one, and when it gives none.</summary>
    public decimal? Rate { get; init; }
}

/// <summary>One provider's rate of a pair, with the published rates that it was computed from.</summary>
public sealed record PairRate
{
    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>The institution.</summary>
    public required string Name { get; init; }

    /// <summary><c>fresh</c>, <c>closed</c>, <c>stale</c>, <c>frozen</c>, <c>retired</c> or <c>missing</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The day that the rate holds for; null when there is none.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Units of the quote for 1 base; null when there is none.</summary>
    public decimal? Rate { get; init; }

    /// <summary>True when no second source has confirmed the rate.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>Which figure it is; null when there is none.</summary>
    public string? Kind { get; init; }

    /// <summary>True when the pair was not published in this direction; false of a currency against itself, null without a rate.</summary>
    public bool? Derived { get; init; }

    /// <summary>The pairs that the rate came through, such as <c>EUR/CAD, CAD/USD</c>; null when there is no rate.</summary>
    public string? Path { get; init; }

    /// <summary>The published figures along the path; null when there is no rate.</summary>
    public IReadOnlyList<PublishedFigure>? Published { get; init; }

    /// <summary>The address that the figures came from; null when it is not known.</summary>
    public string? Source { get; init; }

    /// <summary>When the source published; null where only the day is known.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When the service fetched it; null when there is no rate.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>When the next publication is due; null when none is expected.</summary>
    public DateTimeOffset? NextExpectedAt { get; init; }

    /// <summary>The version of the provider's sheet; with it the service proves the figure. Null when there is no rate.</summary>
    public string? Version { get; init; }

    /// <summary>Why there is no rate, or none newer; null when there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>The rule of the policy that chose the rate; null without one.</summary>
    public string? Rule { get; init; }
}

/// <summary>A rate exactly as its source published it.</summary>
/// <param name="Pair">The published pair, such as <c>USD/CAD</c>.</param>
/// <param name="AsOf">Its day.</param>
/// <param name="Rate">Its text, with every digit as published.</param>
/// <param name="Kind">Which figure it is.</param>
/// <param name="Inverted">True when the rate was computed from 1 / figure.</param>
/// <param name="At">The instant that the source gives; null where only the day is known.</param>
public sealed record PublishedFigure(string Pair, DateOnly AsOf, string Rate, string Kind, bool Inverted, DateTimeOffset? At = null);

/// <summary>Statistics over the providers' rates of one pair, as the service answers them.</summary>
public sealed record PairStatistics
{
    /// <summary><c>fresh</c>, <c>stale</c> (even the newest figure is too old) or <c>unconfirmed</c> (by no second source).</summary>
    public required string Status { get; init; }

    /// <summary>True when no second source has confirmed the rate.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>The newest day among the figures used.</summary>
    public DateOnly? Newest { get; init; }

    /// <summary>The oldest day among the figures used.</summary>
    public DateOnly? Oldest { get; init; }

    /// <summary>How many independent providers were used for the median.</summary>
    public int Count { get; init; }

    /// <summary>The lowest rate used for the median.</summary>
    public decimal? Min { get; init; }

    /// <summary>The highest rate used for the median.</summary>
    public decimal? Max { get; init; }

    /// <summary>(max - min) / middle, as a fraction.</summary>
    public decimal? Spread { get; init; }

    /// <summary>The rate of the first provider used.</summary>
    public decimal? First { get; init; }

    /// <summary>The median; null, with a <see cref="Note"/>, when the providers contradict each other.</summary>
    public decimal? Median { get; init; }

    /// <summary>The arithmetic mean; null likewise.</summary>
    public decimal? Mean { get; init; }

    /// <summary>The median without outliers; null likewise.</summary>
    public decimal? Consensus { get; init; }

    /// <summary>Keys of the providers used for the median.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>The providers that the consensus leaves out.</summary>
    public IReadOnlyList<OutlierRate> Outliers { get; init; } = [];

    /// <summary>The other requested providers, by reason; null when there are none.</summary>
    public IReadOnlyList<AbsentGroup>? Absent { get; init; }

    /// <summary>A warning to the reader; null when there is none.</summary>
    public string? Note { get; init; }
}
