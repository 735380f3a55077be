namespace Rates.Client;

/// <summary>An answer with the rates of several providers side by side.</summary>
public sealed record RatesByProvider : RatesAnswer
{
    /// <summary>1 base = rate quote.</summary>
    public required string Base { get; init; }

    /// <summary><c>each</c>: the providers are not combined.</summary>
    public required string Select { get; init; }

    /// <summary>Every requested provider, in the order of the request, also those without rates.</summary>
    public required IReadOnlyList<ProviderRates> Providers { get; init; }
}

/// <summary>The rates of one provider in an answer of the service.</summary>
public sealed record ProviderRates
{
    /// <summary>The provider's key, such as <c>ecb</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The institution.</summary>
    public required string Name { get; init; }

    /// <summary><c>fresh</c>, <c>closed</c>, <c>stale</c>, <c>frozen</c>, <c>retired</c> or <c>missing</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The day that the rates hold for; null when there are none.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>When the service fetched them; null when there are none.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>When the next publication is due; null when none is expected.</summary>
    public DateTimeOffset? NextExpectedAt { get; init; }

    /// <summary>Which figure the provider publishes, such as <c>reference</c> or <c>mid</c>; null when it is not known.</summary>
    public string? Kind { get; init; }

    /// <summary>Why there are no rates, or none newer; null when there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>Quote to rate: units of the quote for 1 base. Empty when there are none.</summary>
    public required IReadOnlyDictionary<string, decimal> Rates { get; init; }

    /// <summary>Quotes whose rate is a cross of published ones; null when none is.</summary>
    public IReadOnlyList<string>? Derived { get; init; }

    /// <summary>Quotes whose figure no second source has confirmed; null when there are none.</summary>
    public IReadOnlyList<string>? Unconfirmed { get; init; }

    /// <summary>Quotes whose figure holds for a day before <see cref="AsOf"/>, with that day; null when there are none.</summary>
    public IReadOnlyDictionary<string, DateOnly>? Older { get; init; }

    /// <summary>Requested quotes that the provider does not have; null when there are none.</summary>
    public IReadOnlyList<string>? NotCovered { get; init; }
}
