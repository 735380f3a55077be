using System.Text.Json.Serialization;

namespace Rates.Store;

/// <summary>The kinds of question that an Api asks the workers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuestionKind>))]
public enum QuestionKind
{
    /// <summary>Whether an <see cref="EndpointOverride"/> may come into force; without one, how the provider is reached now.</summary>
    [JsonStringEnumMemberName("endpoint")]
    Endpoint,

    /// <summary>Whether a declared provider may come into force.</summary>
    [JsonStringEnumMemberName("declaration")]
    Declaration,

    /// <summary>What a declared provider reads, without storing anything.</summary>
    [JsonStringEnumMemberName("try")]
    Try,

    /// <summary>Whether a webhook may be set: a <see cref="WebhookDefinition"/>.</summary>
    [JsonStringEnumMemberName("webhook")]
    Webhook,

    /// <summary>What a webhook's receiver does with a test, which is sent at once.</summary>
    [JsonStringEnumMemberName("webhookTest")]
    WebhookTest,
}

/// <summary>
/// A question that an Api asks because only a worker can answer it: which files and hosts there are, and what a source sends. One worker
/// takes it; the Api deletes it with its answer.
/// </summary>
public sealed record WorkerQuestion
{
    /// <summary>What is asked.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>About which provider, or about which webhook.</summary>
    public required string Provider { get; init; }

    /// <summary>The rest of the question, JSON; empty for none.</summary>
    public string Asked { get; init; } = "";

    /// <summary>The worker that took it; empty before.</summary>
    public string Worker { get; init; } = "";

    /// <summary>The answer, JSON; null before.</summary>
    public string? Answer { get; init; }
}
