namespace Rates.Client;

/// <summary>The base, quotes, providers and days of a request for past rates.</summary>
public sealed record HistoryQuery
{
    /// <summary>Base currency: 1 base = rate quote.</summary>
    public string Base { get; init; } = "EUR";

    /// <summary>Quote currencies; empty for all.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];

    /// <summary>Keys of the providers; <c>all</c> for every one. Empty for the service's default providers.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>First day, included; null for 29 days before the last.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, included; null for today.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Rates as the service knew them at this instant, before later corrections. Null for now.</summary>
    public DateTimeOffset? KnownAt { get; init; }
}

/// <summary>One provider's rate of one pair on one past day, as the service answers it.</summary>
public sealed record HistoryRate
{
    /// <summary>The day that the rate holds for.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>1 base = rate quote.</summary>
    public required string Base { get; init; }

    /// <summary>The quote.</summary>
    public required string Quote { get; init; }

    /// <summary>Units of the quote for 1 base.</summary>
    public required decimal Rate { get; init; }

    /// <summary>True when no second source has confirmed the figure.</summary>
    public bool Unconfirmed { get; init; }
}

/// <summary>The combined rate of one pair on one past day, as the service answers it.</summary>
public sealed record BlendedHistoryRate
{
    /// <summary>The day that the rate holds for; null for a requested quote that no provider has on any of the days.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>How providers were combined: <c>first</c>, <c>median</c>, <c>mean</c> or <c>consensus</c>.</summary>
    public required string Select { get; init; }

    /// <summary>1 base = rate quote.</summary>
    public required string Base { get; init; }

    /// <summary>The quote.</summary>
    public required string Quote { get; init; }

    /// <summary>Units of the quote for 1 base; null, with a <see cref="Note"/>, when there is none.</summary>
    public decimal? Rate { get; init; }

    /// <summary>How many independent providers the rate is made of; 0 when there is none.</summary>
    public int Count { get; init; }

    /// <summary>Why there is no rate, or a warning; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>True when no second source has confirmed the rate.</summary>
    public bool Unconfirmed { get; init; }
}
