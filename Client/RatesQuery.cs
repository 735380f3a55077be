namespace Rates.Client;

/// <summary>The base, quotes, providers and day of a request for rates. Nothing in it is required.</summary>
public sealed record RatesQuery
{
    /// <summary>Base currency: 1 base = rate quote.</summary>
    public string Base { get; init; } = "EUR";

    /// <summary>Quote currencies; empty for all.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];

    /// <summary>
    /// Keys of the providers, in order of preference; <c>all</c> for every one. Empty: the service's default providers, or for a
    /// blend every provider that may enter one.
    /// </summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>A day: the newest rates on it or shortly before. Null for the latest.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Rates as the service knew them at this instant, before later corrections. Null for now.</summary>
    public DateTimeOffset? KnownAt { get; init; }
}
