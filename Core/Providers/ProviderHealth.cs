namespace Rates.Core;

/// <summary>The result of the last fetches of a provider, as shown to readers of rates.</summary>
public sealed record ProviderHealth
{
    /// <summary>Start of the last fetch, UTC; null when it was never fetched.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>Start of the last fetch with a usable answer, UTC; null when there was none.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Number of failed fetches since the last success.</summary>
    public int Failures { get; init; }

    /// <summary>The last failure as text for people, without secrets; empty after a success.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Number of sheets refused by the ingest rules since the last success.</summary>
    public int Quarantined { get; init; }

    /// <summary>It is not fetched before this instant, UTC; null when it may be fetched at any time.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
