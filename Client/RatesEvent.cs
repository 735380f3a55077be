using System.Text.Json.Serialization;

namespace Rates.Client;

/// <summary>A change of one provider's rates or of their age, as the service sends it to those who follow its events.</summary>
public sealed record RatesEvent
{
    /// <summary><c>published</c>, <c>revised</c>, <c>stale</c> or <c>failed</c>.</summary>
    [JsonIgnore]
    public string Kind { get; internal set; } = "";

    /// <summary>Its id; <see cref="RatesClient.FollowAsync"/> goes on after it.</summary>
    [JsonIgnore]
    public string Id { get; internal set; } = "";

    /// <summary>Key of the provider that it is about.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's status after it.</summary>
    public required string Status { get; init; }

    /// <summary>The day of the provider's latest rates; null when there are none.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>When they were fetched; null when there are none.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>Why it is stale or failed; null when there is nothing to explain.</summary>
    public string? Reason { get; init; }
}
