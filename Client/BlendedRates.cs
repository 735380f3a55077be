namespace Rates.Client;

/// <summary>An answer of the service with the rates of several providers combined into one for each quote.</summary>
public sealed record BlendedRates : RatesAnswer
{
    /// <summary>1 base = rate quote.</summary>
    public required string Base { get; init; }

    /// <summary>How they were combined: <c>first</c>, <c>median</c>, <c>mean</c> or <c>consensus</c>.</summary>
    public required string Select { get; init; }

    /// <summary>By quote.</summary>
    public required IReadOnlyDictionary<string, BlendedRate> Rates { get; init; }

    /// <summary>Requested quotes that no provider has; null when there are none.</summary>
    public IReadOnlyList<string>? NotCovered { get; init; }

    /// <summary>Requested providers that were used for no quote, with the reason; null when there are none.</summary>
    public IReadOnlyList<AbsentProvider>? Absent { get; init; }

    /// <summary>The policy that chose the rates; null for none.</summary>
    public string? Policy { get; init; }
}

/// <summary>The combined rate of one quote currency, with the providers that it was made of.</summary>
public sealed record BlendedRate
{
    /// <summary>Units of the quote for 1 base; null, with a <see cref="Note"/>, when the providers contradict each other.</summary>
    public decimal? Rate { get; init; }

    /// <summary><c>fresh</c>, <c>stale</c> (even the newest figure is too old) or <c>unconfirmed</c> (by no second source).</summary>
    public required string Status { get; init; }

    /// <summary>True when no second source has confirmed the rate.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>The newest day among the figures used.</summary>
    public DateOnly? Newest { get; init; }

    /// <summary>The oldest day among the figures used.</summary>
    public DateOnly? Oldest { get; init; }

    /// <summary>How many independent providers were used.</summary>
    public int Count { get; init; }

    /// <summary>The lowest rate used.</summary>
    public decimal? Min { get; init; }

    /// <summary>The highest rate used.</summary>
    public decimal? Max { get; init; }

    /// <summary>(max - min) / middle, as a fraction.</summary>
    public decimal? Spread { get; init; }

    /// <summary>Keys of the providers used.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Providers whose rate was left out as an outlier.</summary>
    public IReadOnlyList<OutlierRate> Outliers { get; init; } = [];

    /// <summary>Providers used for other quotes of the answer but not for this one, by reason; null when there are none.</summary>
    public IReadOnlyList<AbsentGroup>? Absent { get; init; }

    /// <summary>A warning to the reader; null when there is none.</summary>
    public string? Note { get; init; }

    /// <summary>The rule of the policy that gave the rate; null without one.</summary>
    public string? Rule { get; init; }
}

/// <summary>A provider's rate that lay too far from the others and was left out of a combined rate.</summary>
/// <param name="Provider">Its key.</param>
/// <param name="Rate">Its rate: units of the quote for 1 base.</param>
/// <param name="Reason">Why it was left out.</param>
public sealed record OutlierRate(string Provider, decimal Rate, string Reason);

/// <summary>Providers whose rates were not used for a combined rate, all for the same reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Providers">Their keys.</param>
public sealed record AbsentGroup(string Reason, IReadOnlyList<string> Providers);

/// <summary>A provider that was requested and gave no rate, with the reason.</summary>
/// <param name="Provider">Its key.</param>
/// <param name="Status">Its status.</param>
/// <param name="Reason">Why it gave none.</param>
public sealed record AbsentProvider(string Provider, string Status, string Reason);
